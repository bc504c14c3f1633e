/** The audit trail: who writes to it, the sink that keeps it, and a switch to make that sink fail. */
@NullMarked
package io.asynclog.demo.audit;

import org.jspecify.annotations.NullMarked;
