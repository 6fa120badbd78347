package dev.jeton.bootstrap.broken.crowded;

/** Makes 26 types with the other 25. */
interface Crowd {}

interface Type01 {}

interface Type02 {}

interface Type03 {}

interface Type04 {}

interface Type05 {}

interface Type06 {}

interface Type07 {}

interface Type08 {}

interface Type09 {}

interface Type10 {}

interface Type11 {}

interface Type12 {}

interface Type13 {}

interface Type14 {}

interface Type15 {}

interface Type16 {}

interface Type17 {}

interface Type18 {}

interface Type19 {}

interface Type20 {}

interface Type21 {}

interface Type22 {}

interface Type23 {}

interface Type24 {}

interface Type25 {}
