/** Resolves the rules of each table against its columns, and checks each rule. */
@NullMarked
package dev.decant.policy.rule;

import org.jspecify.annotations.NullMarked;
