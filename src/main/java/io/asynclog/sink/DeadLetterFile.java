package io.asynclog.sink;

import io.asynclog.LogRecord;
import io.asynclog.internal.Failures;
import io.asynclog.internal.PrivateFiles;
import io.asynclog.layout.ByteOutput;
import io.asynclog.layout.JsonLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the records that a sink refused for good, each as a line of JSON with the name of the {@code sink}, its
 * {@code failure} and the {@code instance} of the record, then the fields of {@link JsonLayout}: instance and sequence
 * together identify a record. Written at once and as a whole, and forced to the disk: a record that was stored is to
 * survive a loss of power here, too. The file is opened for each record, so it may be moved away at any time. Safe for
 * use by several threads.
 */
public final class DeadLetterFile {
    private final Path path;
    private final ChannelOpener opener;
    private final LogFile file;
    private final JsonLayout layout = new JsonLayout();
    /** Whether the name of the file is yet to be made last. */
    private boolean owesFolder;

    private final ByteOutput out = new ByteOutput();

    /** Creates a file; nothing is opened yet. */
    public DeadLetterFile(Path path) {
        this(path, PrivateFiles::append);
    }

    DeadLetterFile(Path path, ChannelOpener opener) {
        this.path = path.toAbsolutePath();
        this.opener = opener;
        file = new LogFile(this.path, opener);
    }

    /**
     * Opens the file, created where need be, and closes it again.
     *
     * @throws IOException when it cannot be written
     */
    public synchronized void open() throws IOException {
        file.open();
        file.close();
    }

    /**
     * Appends a record.
     *
     * @param sink the name of the sink that refused it
     * @param failure what the sink threw
     */
    public void accept(String sink, LogRecord record, Throwable failure) throws IOException {
        String description = Failures.describe(failure);
        boolean interrupted = Thread.interrupted(); // an interrupt would close the channel within a line
        try {
            append(sink, record, description);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void append(String sink, LogRecord record, String failure) throws IOException {
        Map<String, String> further = new LinkedHashMap<>();
        further.put("sink", sink);
        further.put("failure", failure);
        further.put("instance", record.instance().toString());
        try {
            file.open();
            file.begin();
            out.clear();
            if (file.endsWithinLine()) {
                out.append("\n");
            }
            layout.append(record, further, out);
            file.write(out);
            file.commit(); // first: a line that could not be forced is better than none
            force();
            file.close();
        } catch (IOException | RuntimeException | Error problem) {
            file.rollBack(problem);
            throw problem;
        }
    }

    private void force() throws IOException {
        if (!file.isRegular()) {
            return; // a pipe or a terminal refuses it
        }
        owesFolder |= file.takeNewFile();
        file.force();
        if (owesFolder) {
            opener.forceFolder(path);
            owesFolder = false;
        }
    }
}
