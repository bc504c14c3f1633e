package io.asynclog.sink;

import java.io.Console;
import java.util.Locale;
import java.util.Map;

/** Finds out whether standard output is a terminal that shows colours. */
final class Terminal {
    private Terminal() {}

    static boolean showsColors() {
        return isTerminal() && showsColors(System.getenv(), System.getProperty("os.name", ""));
    }

    /**
     * Judges by the environment alone. The console of Windows may not know ANSI codes, so Spring Boot spares it, too.
     */
    static boolean showsColors(Map<String, String> environment, String operatingSystem) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb")
                && !operatingSystem.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** Before Java 22 there is a console only on a terminal; since then it has to be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
