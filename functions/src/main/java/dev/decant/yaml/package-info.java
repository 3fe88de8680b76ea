/**
 * The tools that files for people share, policy and targets alike: YAML whose nodes know their
 * lines, parameters, and problems that are collected and thrown together.
 */
@NullMarked
package dev.decant.yaml;

import org.jspecify.annotations.NullMarked;
