package io.asynclog.buffer;

import io.asynclog.InvalidOptionException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

    /** As many keys as are remembered: some applications make keys of what their users send. */
    private static final int MAX_KNOWN = 1000;

    private final List<String> words;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    /**
     * Creates the keys that contain one of some words.
     *
     * @throws InvalidOptionException when a word has neither letters nor digits
     */
    MaskedKeys(Collection<String> words) {
        words.forEach(MaskedKeys::check);
        this.words = words.stream().map(MaskedKeys::plain).toList();
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

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    boolean contains(String key) {
        if (words.isEmpty()) {
            return false;
        }
        Boolean contained = known.get(key);
        return contained == null ? look(key) : contained;
    }

    private boolean look(String key) {
        String plain = plain(key);
        boolean contained = words.stream().anyMatch(plain::contains);
        if (known.size() < MAX_KNOWN) {
            known.put(key, contained);
        }
        return contained;
    }
}
