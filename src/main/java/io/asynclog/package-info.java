/** What users touch: the logger, its manager, records, sinks and the receipts of what was logged. */
@NullMarked
package io.asynclog;

import org.jspecify.annotations.NullMarked;
