package io.asynclog.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.demo.load.Ledger.Account;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void accountsForWhatEverySinkHasPassedOrTheBufferHasDropped() {
        Ledger ledger =
                new Ledger(10, 2, Map.of("file", new Account(9, 0, 1, 0, 0), "audit", new Account(0, 0, 0, 10, 0)));
        assertThat(ledger.accountsFor(12, true)).isTrue();
        assertThat(ledger.accountsFor(11, true)).isTrue(); // somebody else has logged
        assertThat(ledger.accountsFor(13, true)).isFalse();
        assertThat(ledger.accountsFor(13, false)).isFalse();
    }

    @Test
    void whatAFlushLeavesWithASinkIsMissing() {
        Ledger ledger = new Ledger(10, 0, Map.of("file", new Account(9, 0, 0, 0, 1)));
        assertThat(ledger.accountsFor(10, true)).isFalse();
        assertThat(ledger.accountsFor(10, false)).isTrue();
    }
}
