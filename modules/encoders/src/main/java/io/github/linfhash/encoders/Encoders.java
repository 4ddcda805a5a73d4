package io.github.linfhash.encoders;

import io.github.linfhash.core.method.MethodProvider;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.linf.SparseLinf;
import io.github.linfhash.encoders.lista.DeepL0;
import io.github.linfhash.encoders.lista.Snnh;
import java.util.List;

/** The methods of this module. */
public final class Encoders implements MethodProvider {
    /** One line for each method. */
    public static final List<MethodSpec<?>> ALL =
            List.of(Nnh.SPEC, Snnh.SPEC, DeepLinf.SPEC, DeepL0.SPEC, SparseLinf.SPEC);

    @Override
    public List<MethodSpec<?>> methods() {
        return ALL;
    }
}
