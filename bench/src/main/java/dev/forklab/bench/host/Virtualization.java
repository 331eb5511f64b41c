package dev.forklab.bench.host;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a hypervisor or a container lies between this process and the machine, and which.
///
/// The order of evidence follows systemd-detect-virt(1) as far as files show it: on x86 the
/// processor's own `hypervisor` flag decides whether there is one, and firmware tables and clock
/// sources only name it; elsewhere firmware decides too.
///
/// @param hypervisor its name, or "unknown hypervisor"; empty on bare metal
/// @param container its kind; empty outside one
record Virtualization(Optional<String> hypervisor, Optional<String> container) {

  private static final String UNNAMED = "unknown hypervisor";

  /// A word in firmware tables and the hypervisor that it stands for.
  private record Sign(String word, String name) {}

  private static final List<Sign> FIRMWARE =
      List.of(
          new Sign("kvm", "KVM"),
          new Sign("qemu", "QEMU/KVM"),
          new Sign("firecracker", "Firecracker"),
          new Sign("google compute engine", "Google Compute Engine (KVM)"),
          new Sign("amazon ec2", "Amazon EC2 (Nitro/KVM)"),
          new Sign("openstack", "OpenStack (KVM)"),
          new Sign("vmware", "VMware"),
          new Sign("virtualbox", "VirtualBox"),
          new Sign("innotek", "VirtualBox"),
          new Sign("parallels", "Parallels"),
          new Sign("bhyve", "bhyve"),
          new Sign("xen", "Xen"),
          new Sign("virtual machine", "Hyper-V"),
          new Sign("apple virtualization", "Apple Virtualization"));

  private static final List<Sign> CLOCKS =
      List.of(new Sign("kvm-clock", "KVM"), new Sign("hyperv", "Hyper-V"), new Sign("xen", "Xen"));

  private static final List<Sign> CONTAINER_GROUPS =
      List.of(
          new Sign("kubepods", "Kubernetes"),
          new Sign("docker", "Docker"),
          new Sign("containerd", "containerd"),
          new Sign("libpod", "Podman"),
          new Sign("lxc", "LXC"));

  private static final List<Sign> WINDOWS =
      List.of(new Sign("microsoft", "Windows Subsystem for Linux"));

  static Virtualization read(KernelFiles files) {
    return new Virtualization(hypervisor(files), container(files));
  }

  private static Optional<String> hypervisor(KernelFiles files) {
    if (controlsXen(files)) {
      return Optional.empty();
    }
    Optional<String> flags = files.value("proc/cpuinfo", "flags");
    if (flags.isPresent()) {
      boolean flagged = List.of(flags.get().split("\\s+", -1)).contains("hypervisor");
      return flagged ? Optional.of(name(files).orElse(UNNAMED)) : xen(files);
    }
    return name(files);
  }

  /// Xen's own domain 0 runs under the hypervisor but holds the machine.
  private static boolean controlsXen(KernelFiles files) {
    return files
        .text("proc/xen/capabilities")
        .filter(text -> text.contains("control_d"))
        .isPresent();
  }

  private static Optional<String> name(KernelFiles files) {
    String firmware =
        files.text("sys/class/dmi/id/sys_vendor").orElse("")
            + " "
            + files.text("sys/class/dmi/id/product_name").orElse("")
            + " "
            + files.text("sys/class/dmi/id/bios_vendor").orElse("");
    if (firmware.contains(".metal")) {
      return Optional.empty();
    }
    String clocks =
        files.text("sys/devices/system/clocksource/clocksource0/available_clocksource").orElse("");
    return xen(files)
        .or(() -> match(FIRMWARE, firmware))
        .or(() -> files.text("proc/device-tree/hypervisor/compatible").map(String::strip))
        .or(() -> match(CLOCKS, clocks));
  }

  private static Optional<String> xen(KernelFiles files) {
    return files.text("sys/hypervisor/type").filter(type -> type.equals("xen")).map(_ -> "Xen");
  }

  private static Optional<String> container(KernelFiles files) {
    if (files.exists("run/.containerenv")) {
      return Optional.of("Podman");
    }
    if (files.exists(".dockerenv")) {
      return Optional.of("Docker");
    }
    return files
        .text("run/systemd/container")
        .or(() -> match(WINDOWS, files.text("proc/sys/kernel/osrelease").orElse("")))
        .or(() -> match(CONTAINER_GROUPS, files.text("proc/1/cgroup").orElse("")));
  }

  private static Optional<String> match(List<Sign> signs, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return signs.stream().filter(sign -> lower.contains(sign.word())).map(Sign::name).findFirst();
  }
}
