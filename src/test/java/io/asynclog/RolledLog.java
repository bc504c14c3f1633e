package io.asynclog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads the lines of a log file and all its rolled predecessors, from the oldest on. */
final class RolledLog {
    private static final Pattern ROLLED =
            Pattern.compile("\\.(\\d{4}-\\d{2}-\\d{2})\\.(\\d+)(|\\.gz|\\.gz\\.[0-9a-f]+\\.tmp)");

    private final Path log;

    RolledLog(Path log) {
        this.log = log;
    }

    void forEachLine(Consumer<String> check) throws IOException {
        for (Path file : files()) {
            boolean compressed = file.toString().endsWith(".gz");
            try (InputStream stored = Files.newInputStream(file);
                    InputStream content = compressed ? new GZIPInputStream(stored) : stored;
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(content, StandardCharsets.US_ASCII))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    try {
                        check.accept(line);
                    } catch (AssertionError failure) {
                        throw new AssertionError("In " + file.getFileName(), failure);
                    }
                }
            }
        }
    }

    /**
     * Returns the files in their order; of one that is there compressed and plain, which a kill may leave, the
     * compressed.
     */
    List<Path> files() throws IOException {
        Map<String, Path> rolled = new TreeMap<>();
        try (Stream<Path> all = Files.list(log.resolveSibling(""))) {
            all.forEach(file -> add(rolled, file));
        }
        List<Path> files = new ArrayList<>(rolled.values());
        if (Files.exists(log)) {
            files.add(log);
        }
        return files;
    }

    private void add(Map<String, Path> rolled, Path file) {
        String name = file.getFileName().toString();
        String logName = log.getFileName().toString();
        Matcher rest = ROLLED.matcher(name.startsWith(logName) ? name.substring(logName.length()) : "");
        if (rest.matches()) {
            String place = String.format("%s.%09d", rest.group(1), Integer.parseInt(rest.group(2)));
            if (rest.group(3).equals(".gz")) {
                rolled.put(place, file);
            } else if (rest.group(3).isEmpty()) {
                rolled.putIfAbsent(place, file);
            }
        } else if (!file.equals(log)) {
            throw new AssertionError("There is a file besides the log: " + file);
        }
    }
}
