package io.asynclog.sink;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;

/** Finds out which charset a stream for standard output writes. */
final class StandardOutput {
    private static final List<String> PROPERTIES = List.of("stdout.encoding", "sun.stdout.encoding");

    private StandardOutput() {}

    /** Asks the stream, which can tell since Java 18; before, the JVM's properties for standard output. */
    static Charset charset(PrintStream stream) {
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
