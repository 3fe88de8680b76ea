/**
 * The stores of snapshots, which are a folder or a prefix in S3, and the claims by which runs make
 * sure that a piece of work is done once.
 */
@NullMarked
package dev.decant.store;

import org.jspecify.annotations.NullMarked;
