package org.concurrentharness.samples.hunts;
import java.util.*;
final class Try {
  public static void main(String[] a) throws Throwable {
    Map<String,String> m = new HashMap<>();
    for (String c : a[1].split(",")) { m.put("harness.carrier", c);
    for (String n : a[0].split(",")) {
    Class<?> h = Class.forName("org.concurrentharness.samples.hunts."+n+"Hunt");
    if (!n.startsWith("Jdk")) { Catch b = Catch.withBug(h, "bug "+c, m); System.out.println(b); if (a.length>2) b.result().getThrowable().ifPresent(t -> {System.out.println(t.getMessage()); if(!(t instanceof AssertionError))t.printStackTrace();}); }
    Catch f = Catch.withFixedVersion(h, "fixed "+c, m); System.out.println(f); if (a.length>2) f.result().getThrowable().ifPresent(t -> {System.out.println(t.getMessage()); if(!(t instanceof AssertionError))t.printStackTrace();});
    System.out.println(f.figures().get("harness.notes"));
    }}
    System.exit(0);
  }
}
