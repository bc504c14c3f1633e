/** The built-in load generator and its ledger. */
@NullMarked
package io.asynclog.demo.load;

import org.jspecify.annotations.NullMarked;
