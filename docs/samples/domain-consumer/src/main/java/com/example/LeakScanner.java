package com.example;

import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.TokenId;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds Jeton tokens in text, such as a commit or a log. Their checksum rules out look-alikes without a call to Jeton. */
public final class LeakScanner {
    private static final Pattern WORD = Pattern.compile("\\w+");

    private LeakScanner() {}

    /** Returns the ids of the tokens whose secrets the text contains. */
    public static Set<TokenId> scan(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .flatMap(word -> PresentedToken.parse(word).stream())
                .map(PresentedToken::tokenId)
                .collect(Collectors.toSet());
    }
}
