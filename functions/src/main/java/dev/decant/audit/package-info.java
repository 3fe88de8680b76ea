/** The use cases that check a published snapshot, and pack the evidence for an auditor. */
@NullMarked
package dev.decant.audit;

import org.jspecify.annotations.NullMarked;
