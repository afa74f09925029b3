package dev.millrace.config;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;
import org.springframework.util.ClassUtils;

/**
 * Order in which a class declares its methods, those of a superclass after its own.
 * Reflection promises no order; the class file has the one of the source.
 */
final class DeclarationOrder implements Comparator<Method> {

	private final List<String> signatures = new ArrayList<>();

	DeclarationOrder(Class<?> type) {
		for (Class<?> declaring = type; declaring != null
				&& declaring != Object.class; declaring = declaring.getSuperclass()) {
			read(declaring);
		}
	}

	@Override
	public int compare(Method left, Method right) {
		return Integer.compare(index(left), index(right));
	}

	private int index(Method method) {
		int index = this.signatures
			.indexOf(signature(method.getDeclaringClass(), method.getName(), Type.getMethodDescriptor(method)));
		return (index >= 0) ? index : this.signatures.size();
	}

	private void read(Class<?> type) {
		try (InputStream classFile = type.getResourceAsStream(ClassUtils.getClassFileName(type))) {
			if (classFile != null) {
				new ClassReader(classFile).accept(new Visitor(type),
						ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
			}
		}
		catch (IOException ex) {
			// A class that was made at run time has none, and no source either.
		}
	}

	private static String signature(Class<?> type, String name, String descriptor) {
		return type.getName() + "." + name + descriptor;
	}

	/**
	 * Notes the methods of one class.
	 */
	private final class Visitor extends ClassVisitor {

		private final Class<?> type;

		Visitor(Class<?> type) {
			super(SpringAsmInfo.ASM_VERSION);
			this.type = type;
		}

		@Override
		public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
				@Nullable String signature, String @Nullable [] exceptions) {
			DeclarationOrder.this.signatures.add(signature(this.type, name, descriptor));
			return null;
		}

	}

}
