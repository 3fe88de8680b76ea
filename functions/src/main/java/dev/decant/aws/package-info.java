/** AWS: clients, errors, credentials, secrets, and objects in S3. */
@NullMarked
package dev.decant.aws;

import org.jspecify.annotations.NullMarked;
