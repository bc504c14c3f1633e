package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the walk-through of docs/demo.md with a demo that is killed, line by line in a shell: but for the start, which
 * here is that of the built jar, on a port and in a folder of its own.
 */
class DurableWalkthroughIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LOADERS = 4;
    /** Records of each, so that there is something to lose. */
    private static final long ENOUGH = 1000;

    private static final Path JAR = Path.of("target/asynclog-demo-app-0.1.0-SNAPSHOT.jar");
    private static final String START = "mvn spring-boot:run -Dspring-boot.run.profiles=durable &";
    private static final Pattern CURL = Pattern.compile("curl -m (\\d+) -X POST 'localhost:8080(/[^']*)'");
    private static final Pattern PARCEL = Pattern.compile("\\[ *load-(\\d)].* : Parcel (\\d+) of .* Rotterdam");
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern RECOVERED = Pattern.compile("recovered records: .*?(\\d+) for file");

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private String port = "";

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void theDemoIsKilledAndLosesNothing() throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("demo-app"));
        List<String> commands = Markdown.of("docs/demo.md").blocks().stream()
                .filter(block -> block.language().equals("shell"))
                .flatMap(block -> block.code().lines())
                .collect(Collectors.toList());
        assertThat(commands).hasSize(4);

        Path out = folder.resolve("out.log");
        for (String command : commands) {
            if (command.equals(START)) {
                awaitEnd();
                Files.deleteIfExists(home.resolve("logs/demo.pid"));
                start(home, out);
            } else {
                if (command.startsWith("kill")) {
                    awaitLoad(home.resolve("logs/demo.log"));
                }
                run(command);
            }
        }

        Matcher recovered = RECOVERED.matcher(Files.readString(out));
        assertThat(recovered.find()).as(Files.readString(out)).isTrue();
        processes.get(1).destroy(); // in order: it flushes all there is
        assertThat(processes.get(1).waitFor(1, TimeUnit.MINUTES)).isTrue();
        Map<String, Long> next = new HashMap<>();
        for (Path file : logFiles(home.resolve("logs"))) {
            check(file, next);
        }
        assertThat(next).hasSize(LOADERS);
        assertThat(next.values()).allMatch(count -> count > ENOUGH);
    }

    /** Waits for the load, whose client on a slow machine gives up before much is logged; it goes on without it. */
    private static void awaitLoad(Path log) {
        await().atMost(PATIENCE)
                .ignoreException(NoSuchFileException.class) // for a moment, while the file is rolled
                .until(() -> holdsEnough(log));
    }

    private static boolean holdsEnough(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            Stream<String> loaders = lines.map(PARCEL::matcher)
                    .filter(parcel -> parcel.find() && Long.parseLong(parcel.group(2)) > ENOUGH)
                    .map(parcel -> parcel.group(1));
            return loaders.distinct().limit(LOADERS).count() == LOADERS;
        }
    }

    /** Expects the numbers of each thread to go on where they were. */
    private static void check(Path file, Map<String, Long> next) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher parcel = PARCEL.matcher(line);
                if (parcel.find()) {
                    long expected = next.getOrDefault(parcel.group(1), 0L);
                    assertThat(Long.parseLong(parcel.group(2))).as(line).isEqualTo(expected);
                    next.put(parcel.group(1), expected + 1);
                } else {
                    assertThat(line).doesNotContain("Parcel");
                }
            }
        }
    }

    /** Returns the rolled files in the order of their numbers, then the current one. */
    private static List<Path> logFiles(Path logs) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> rolled = Files.newDirectoryStream(logs, "demo.log.*")) {
            rolled.forEach(files::add);
        }
        files.sort((one, other) -> Integer.compare(index(one), index(other)));
        files.add(logs.resolve("demo.log"));
        return files;
    }

    private static int index(Path file) {
        Matcher index = Pattern.compile("\\.(\\d+)(\\.gz)?$").matcher(file.toString());
        return index.find() ? Integer.parseInt(index.group(1)) : -1;
    }

    private void start(Path home, Path out) throws IOException {
        processes.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        JAR.toAbsolutePath().toString(),
                        "--spring.profiles.active=durable",
                        "--server.port=0",
                        "--asynclog.file.max-history=0",
                        "--asynclog.file.total-size-cap=0B")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start());
        await().atMost(PATIENCE).until(() -> Files.readString(out).contains("Started DemoApplication"));
        Matcher started = PORT.matcher(Files.readString(out));
        assertThat(started.find()).as(Files.readString(out)).isTrue();
        port = started.group(1);
    }

    /** The process before was killed by the line before. */
    private void awaitEnd() throws InterruptedException {
        for (Process process : processes) {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void run(String command) throws IOException, InterruptedException {
        Matcher curl = CURL.matcher(command);
        if (curl.matches()) {
            postAndGiveUp(Duration.ofSeconds(Long.parseLong(curl.group(1))), curl.group(2));
            return;
        }
        Process shell = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(shell.waitFor(1, TimeUnit.MINUTES)).as(command).isTrue();
    }

    /** Does what curl does, which not every machine has. */
    private void postAndGiveUp(Duration timeout, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()))
                .isInstanceOf(HttpTimeoutException.class);
    }
}
