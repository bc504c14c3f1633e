package io.asynclog.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A channel of a {@link FaultyDisk}. A full disk takes what fits and then throws. */
final class FaultyChannel extends FileChannel {
    private final FileChannel file;
    private final FaultyDisk disk;

    FaultyChannel(FileChannel file, FaultyDisk disk) {
        this.file = file;
        this.disk = disk;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        disk.beforeWrite.run();
        disk.beforeEffect.run();
        if (source.hasRemaining() && disk.room == 0) {
            throw new IOException("No space left on device");
        }
        int count = (int) Math.min(source.remaining(), Math.min(disk.room, disk.longestWrite));
        int written = file.write(source.duplicate().limit(source.position() + count));
        source.position(source.position() + written);
        disk.room -= written;
        return written;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (disk.truncateFails) {
            throw new IOException("Input/output error");
        }
        disk.beforeEffect.run();
        long before = file.size();
        file.truncate(size);
        disk.room += before - file.size();
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (disk.forceFails) {
            throw new IOException("Input/output error");
        }
        disk.beforeEffect.run();
        disk.forced++;
        file.force(metaData);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try {
            disk.beforeEffect.run();
        } finally {
            file.close();
            disk.onClosed();
        }
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer target, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
