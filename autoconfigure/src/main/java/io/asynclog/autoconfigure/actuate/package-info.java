/** Shows an engine to whoever operates the application: endpoint, meters and health. */
@NullMarked
package io.asynclog.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
