package org.concurrentharness.jcstress;

import java.util.ArrayList;
import java.util.List;

/** Takes a line apart as a shell would: words are separated by blanks, and quotes of either kind keep them together. */
final class Words {
    private Words() {}

    /**
     * Returns the words of a line.
     *
     * @throws IllegalArgumentException when a quote is not closed; the message says which, for the end of a sentence
     */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        int opened = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                opened = i;
                inWord = true; // even when nothing is between the quotes
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException(
                    "the quote (" + quote + ") at character " + (opened + 1) + " is not closed");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
