package io.asynclog.buffer;

import io.asynclog.InvalidOptionException;
import java.util.Collection;

/**
 * The keys of key-values and MDC whose values are left out of records: those that contain one of some words, whatever
 * the case and whatever stands between their letters and digits. With {@code api-key}, {@code X_API_KEY} is one, and
 * {@code clientApiKey}.
 *
 * <p>Safe for several threads.
 */
final class MaskedKeys {
    /** What stands in place of a value. */
    static final String MASK = "***";

    private final String[] words;

    /**
     * Creates the keys that contain one of some words.
     *
     * @throws InvalidOptionException when a word has neither letters nor digits
     */
    MaskedKeys(Collection<String> words) {
        words.forEach(MaskedKeys::check);
        this.words = words.stream().map(MaskedKeys::plain).toArray(String[]::new);
    }

    private static void check(String word) {
        if (plain(word).isEmpty()) {
            throw new InvalidOptionException(
                    "masked-keys",
                    word,
                    "A word without letters and digits would be part of every key.",
                    "Write words like password or api-key.");
        }
    }

    /** Returns the letters and digits alone, as {@link #begins} compares them. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(Character.toLowerCase(c));
            }
        }
        return plain.toString();
    }

    /** Returns whether a key contains one of the words. Allocates nothing, as it is asked in log calls. */
    boolean contains(String key) {
        for (int i = 0; i < words.length; i++) {
            if (contains(key, words[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(String key, String word) {
        for (int from = 0; from < key.length(); from++) {
            if (begins(key, from, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(String key, int from, String word) {
        int matched = 0;
        for (int at = from; at < key.length() && matched < word.length(); at++) {
            char c = key.charAt(at);
            if (Character.isLetterOrDigit(c)) {
                if (Character.toLowerCase(c) != word.charAt(matched)) {
                    return false;
                }
                matched++;
            }
        }
        return matched == word.length();
    }
}
