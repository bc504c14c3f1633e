package io.asynclog.sink;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;

/** Finds out which charset a stream for standard output writes. */
final class StandardOutput {
    private static final List<String> PROPERTIES = List.of("stdout.encoding", "sun.stdout.encoding");

    private StandardOutput() {}

    /**
     * Returns what a stream writes, with UTF-8 in the place of ASCII. That is what the JVM takes standard output for
     * where the environment names no locale, as in most containers: each letter beyond it would be a question mark, and
     * all others are the same bytes in both.
     */
    static Charset charset(PrintStream stream) {
        Charset charset = charsetOf(stream);
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    /** Asks the stream, which can tell since Java 18; before, the JVM's properties for standard output. */
    private static Charset charsetOf(PrintStream stream) {
        try {
            return (Charset) PrintStream.class.getMethod("charset").invoke(stream);
        } catch (ReflectiveOperationException beforeJava18) {
            return charsetOfProperties();
        }
    }

    private static Charset charsetOfProperties() {
        for (String property : PROPERTIES) {
            String name = System.getProperty(property);
            if (name != null) {
                try {
                    return Charset.forName(name);
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    // The next property, or the default, may be of more use.
                }
            }
        }
        return Charset.defaultCharset();
    }
}
