package io.asynclog.consumer;

import io.asynclog.LogReceipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.slf4j.event.Level;

/**
 * Two threads log and ask for a force, beside a round of the group commit: both futures complete, and not before a
 * force that has found their records in the log. The log is modelled by two plain fields, of which a force takes over
 * what it finds when it begins; the thread by what wakes it, as in {@link CompletionStress}.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both futures complete, their records stored")
@Outcome(expect = Expect.FORBIDDEN, desc = "0: nobody completes the future; -1: it completes without its record stored")
@State
public class GroupCommitStress {

    private final AtomicBoolean woken = new AtomicBoolean();
    private final GroupCommit commit = new GroupCommit(
            this::force,
            () -> 2,
            new Completions((message, cause) -> {}),
            (message, cause) -> {},
            () -> woken.set(true));
    private final CompletableFuture<Integer> first;
    private final CompletableFuture<Integer> second;
    private final CompletableFuture<LogReceipt> firstReceipt = new UnsharedFuture(Level.INFO);
    private final CompletableFuture<LogReceipt> secondReceipt = new UnsharedFuture(Level.INFO);

    private int firstLogged;
    private int secondLogged;
    private int firstStored;
    private int secondStored;

    public GroupCommitStress() {
        first = firstReceipt.thenApply(receipt -> firstStored == 1 ? 1 : -1);
        second = secondReceipt.thenApply(receipt -> secondStored == 1 ? 1 : -1);
    }

    private void force() {
        firstStored = firstLogged;
        secondStored = secondLogged;
    }

    @Actor
    public void firstCaller() {
        firstLogged = 1;
        commit.register(0, firstReceipt);
    }

    /** The thread may be as quick as this. Three actors would run on machines of three processors only. */
    @Actor
    public void secondCallerAndThread() {
        secondLogged = 1;
        commit.register(1, secondReceipt);
        commitIfWoken();
    }

    @Arbiter
    public void end(II_Result result) {
        commitIfWoken();
        result.r1 = first.getNow(0);
        result.r2 = second.getNow(0);
    }

    private void commitIfWoken() {
        if (woken.getAndSet(false)) {
            boolean ignored = commit.commitWaiting();
        }
    }
}
