package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares docs/concurrency.md with the sources: what threads share must be explained, and what is gone be deleted. */
class ConcurrencyTableTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", ""));
    private static final Path SOURCES = BASE.resolve("main/java/io/asynclog");
    private static final Path TABLE = BASE.resolve("../docs/concurrency.md");

    /** Fields that are volatile, or of a type made for several threads. */
    private static final Pattern SHARED_FIELD = Pattern.compile("^ +(?:private |static |final )*"
            + "(?:volatile [^=;(]+|(?:Atomic\\w+|LongAdder|VarHandle|ReentrantLock|Condition)(?:<[^=;(]+>)?"
            + "|[^=;(]+(?= \\w+ = (?:new Concurrent|ConcurrentHashMap)))"
            + " (\\w+)(?: =.*|;)$");

    private static final Pattern NAMED_FIELD = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void everySharedFieldStandsInTheTable() throws IOException {
        Set<String> shared = sharedFields();
        assertThat(shared).contains("CursorPlace.position", "Segment.TAIL", "PendingQueue.inbox", "Room.closed");
        Set<String> named = namedFields();
        assertThat(shared).isSubsetOf(named);
    }

    @Test
    void everyFieldOfTheTableExists() throws IOException {
        for (String field : namedFields()) {
            String[] names = field.split("\\.", 2);
            assertThat(sources()
                            .filter(file -> read(file).matches("(?s).*\\b" + names[1] + "\\b.*"))
                            .map(file -> read(file))
                            .filter(text -> text.matches("(?s).*\\bclass " + names[0] + "[ <].*")))
                    .as(field)
                    .isNotEmpty();
        }
    }

    private static Set<String> sharedFields() throws IOException {
        return sources()
                .flatMap(file -> read(file)
                        .lines()
                        .map(SHARED_FIELD::matcher)
                        .filter(Matcher::matches)
                        .map(field -> className(file) + "." + field.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns what stands in the first column of a table, and fields named in its running text. */
    private static Set<String> namedFields() {
        return read(TABLE)
                .lines()
                .filter(line -> line.startsWith("| "))
                .flatMap(line -> NAMED_FIELD.matcher(line).results())
                .map(field -> field.group(1) + "." + field.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The packages that the table is about: layout and sink belong to one thread each. */
    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !SOURCES.relativize(file).startsWith("layout"))
                    .filter(file -> !SOURCES.relativize(file).startsWith("sink"))
                    .collect(Collectors.toList())
                    .stream();
        }
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
