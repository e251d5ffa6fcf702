package dev.presence;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Walks over the types that code using a class can name. */
final class Signatures {

  private final BiConsumer<String, Class<?>> visitor;

  private Signatures(BiConsumer<String, Class<?>> visitor) {
    this.visitor = visitor;
  }

  /** Gives the visitor each public or protected place of a type, with each class named there. */
  static void walk(Class<?> type, BiConsumer<String, Class<?>> visitor) {
    new Signatures(visitor).walk(type);
  }

  /**
   * The places that name a type which users cannot rely on: neither one of the JDK's API nor a
   * public or protected one of {@code dev.presence}.
   */
  static List<String> foreign(Class<?> type) {
    List<String> found = new ArrayList<>();
    walk(
        type,
        (place, named) -> {
          if (!isOfTheJdk(named) && !isOurs(named)) {
            found.add(place + ": " + named.getName());
          }
        });
    return found;
  }

  private static boolean isOfTheJdk(Class<?> type) {
    return type.isPrimitive() || type.getPackageName().startsWith("java.");
  }

  private static boolean isOurs(Class<?> type) {
    return type.getPackageName().equals("dev.presence") && isVisible(type.getModifiers());
  }

  private void walk(Class<?> type) {
    parameters("type parameter", type);
    visit("supertype", type.getGenericSuperclass());
    visit("supertype", type.getGenericInterfaces());
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        visit("component " + component.getName(), component.getGenericType());
      }
    }
    for (Field field : visible(type.getDeclaredFields())) {
      visit("field " + field.getName(), field.getGenericType());
    }
    for (Constructor<?> constructor : visible(type.getDeclaredConstructors())) {
      executable("constructor", constructor);
    }
    for (Method method : visible(type.getDeclaredMethods())) {
      String place = "method " + method.getName();
      executable(place, method);
      visit(place, method.getGenericReturnType());
    }
    Stream.of(type.getDeclaredClasses())
        .filter(nested -> isVisible(nested.getModifiers()))
        .forEach(this::walk);
  }

  private void executable(String place, Executable executable) {
    parameters(place, executable);
    visit(place, executable.getGenericParameterTypes());
    visit(place, executable.getGenericExceptionTypes());
  }

  private void parameters(String place, GenericDeclaration declaration) {
    for (TypeVariable<?> variable : declaration.getTypeParameters()) {
      visit(place, variable.getBounds());
    }
  }

  private void visit(String place, Type... types) {
    for (Type type : types) {
      if (type instanceof Class<?> named) {
        visitor.accept(place, elementOf(named));
      } else if (type instanceof ParameterizedType parameterized) {
        visit(place, parameterized.getRawType());
        visit(place, parameterized.getActualTypeArguments());
      } else if (type instanceof GenericArrayType array) {
        visit(place, array.getGenericComponentType());
      } else if (type instanceof WildcardType wildcard) {
        visit(place, wildcard.getUpperBounds());
        visit(place, wildcard.getLowerBounds());
      } else if (type != null && !(type instanceof TypeVariable)) {
        throw new IllegalArgumentException("unknown kind of type: type=" + type);
      }
    }
  }

  private static Class<?> elementOf(Class<?> type) {
    return type.isArray() ? elementOf(type.getComponentType()) : type;
  }

  private static <T extends AccessibleObject & Member> List<T> visible(T[] members) {
    return Arrays.stream(members).filter(member -> isVisible(member.getModifiers())).toList();
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
