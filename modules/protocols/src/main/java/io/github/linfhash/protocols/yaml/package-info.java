/** Reading YAML files strictly: unknown keys, missing keys and wrong types end with one sentence. */
@NullMarked
package io.github.linfhash.protocols.yaml;

import org.jspecify.annotations.NullMarked;
