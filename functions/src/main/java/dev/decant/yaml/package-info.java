/**
 * The code that all YAML files of decant share: nodes that know their lines, parameters, and
 * problems that are collected and reported together.
 */
@NullMarked
package dev.decant.yaml;

import org.jspecify.annotations.NullMarked;
