package dev.jeton.benchmark;

/** What every line of the table is measured with. */
record Bench(Scene scene, Form form, Tokens tokens, VerifyLoads loads, Results results) {}
