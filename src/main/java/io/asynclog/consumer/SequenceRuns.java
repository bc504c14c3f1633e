package io.asynclog.consumer;

import java.util.Arrays;

/**
 * A set of sequences, kept as runs of neighbours: where each record in a row belongs to it, it takes no more memory for
 * a million of them than for two. Made for sequences that come in about their order. Not safe for several threads.
 */
final class SequenceRuns {
    /** First and last sequence of each run, in ascending order, from {@link #begin} to {@link #end}. */
    private long[] firsts = new long[4];

    private long[] lasts = new long[4];
    private int begin;
    private int end;

    /** Adds a sequence. Should there be no memory for it, nothing is changed. */
    void add(long sequence) {
        int before = runBefore(sequence);
        int behind = before + 1;
        boolean continues = before >= begin && lasts[before] + 1 >= sequence;
        boolean precedes = behind < end && firsts[behind] - 1 == sequence;
        if (continues && precedes) {
            lasts[before] = lasts[behind];
            remove(behind);
        } else if (continues) {
            lasts[before] = Math.max(lasts[before], sequence);
        } else if (precedes) {
            firsts[behind] = sequence;
        } else {
            insert(behind, sequence);
        }
    }

    boolean contains(long sequence) {
        int before = runBefore(sequence);
        return before >= begin && sequence <= lasts[before];
    }

    /** Forgets the runs that lie before a sequence. */
    void forgetBefore(long sequence) {
        while (begin < end && lasts[begin] < sequence) {
            begin++;
        }
    }

    /** Returns how many runs there are. */
    int runs() {
        return end - begin;
    }

    /** Returns the last run that does not begin behind a sequence, or the place before the first. */
    private int runBefore(long sequence) {
        int found = Arrays.binarySearch(firsts, begin, end, sequence);
        return found >= 0 ? found : -found - 2;
    }

    private void insert(int place, long sequence) {
        int at = place;
        if (end == firsts.length) {
            at -= makeRoom();
        }
        System.arraycopy(firsts, at, firsts, at + 1, end - at);
        System.arraycopy(lasts, at, lasts, at + 1, end - at);
        firsts[at] = sequence;
        lasts[at] = sequence;
        end++;
    }

    /** Makes room behind the last run, and returns by how much the runs have moved. */
    private int makeRoom() {
        int moved = begin;
        int size = runs() < firsts.length / 2 ? firsts.length : 2 * firsts.length;
        long[] newFirsts = new long[size];
        long[] newLasts = new long[size];
        System.arraycopy(firsts, begin, newFirsts, 0, runs());
        System.arraycopy(lasts, begin, newLasts, 0, runs());
        firsts = newFirsts;
        lasts = newLasts;
        begin = 0;
        end -= moved;
        return moved;
    }

    private void remove(int run) {
        System.arraycopy(firsts, run + 1, firsts, run, end - run - 1);
        System.arraycopy(lasts, run + 1, lasts, run, end - run - 1);
        end--;
    }
}
