package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualizationTest {

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "QEMU,Standard PC,QEMU/KVM",
    "Amazon EC2,m5.large,Amazon EC2 (Nitro/KVM)",
    "Microsoft Corporation,Virtual Machine,Hyper-V",
    "'VMware, Inc.','VMware7,1',VMware",
    "innotek GmbH,VirtualBox,VirtualBox",
    "Nobody,Nothing,unknown hypervisor",
  })
  void firmwareNamesTheHypervisor(String vendor, String product, String expected) {
    FakeTree tree =
        flags("fpu hypervisor")
            .file("sys/class/dmi/id/sys_vendor", vendor)
            .file("sys/class/dmi/id/product_name", product);

    assertThat(Virtualization.read(tree.files()).hypervisor()).contains(expected);
  }

  @Test
  void withoutTheProcessorsFlagFirmwareDoesNotMakeAVirtualMachine() {
    FakeTree tree = flags("fpu aes").file("sys/class/dmi/id/product_name", "kvm switch");

    assertThat(Virtualization.read(tree.files()).hypervisor()).isEmpty();
  }

  @Test
  void processorsWithoutFlagsAreJudgedByFirmware() {
    FakeTree arm =
        new FakeTree(root)
            .file("proc/cpuinfo", "processor : 0\nCPU part : 0xd0c\n")
            .file("sys/class/dmi/id/sys_vendor", "QEMU");

    assertThat(Virtualization.read(arm.files()).hypervisor()).contains("QEMU/KVM");
  }

  @Test
  void bareMetalOfACloudIsNoVirtualMachine() {
    FakeTree arm =
        new FakeTree(root)
            .file("proc/cpuinfo", "processor : 0\nCPU part : 0xd0c\n")
            .file("sys/class/dmi/id/sys_vendor", "Amazon EC2")
            .file("sys/class/dmi/id/product_name", "a1.metal");

    assertThat(Virtualization.read(arm.files()).hypervisor()).isEmpty();
  }

  @Test
  void xensControlDomainIsNoVirtualMachine() {
    FakeTree tree =
        flags("fpu hypervisor")
            .file("sys/hypervisor/type", "xen")
            .file("proc/xen/capabilities", "control_d");

    assertThat(Virtualization.read(tree.files()).hypervisor()).isEmpty();
  }

  @Test
  void paravirtualizedXenHasNoFlagButIsAVirtualMachine() {
    FakeTree tree = flags("fpu").file("sys/hypervisor/type", "xen");

    assertThat(Virtualization.read(tree.files()).hypervisor()).contains("Xen");
  }

  @ParameterizedTest
  @CsvSource({
    "run/.containerenv,x,Podman",
    ".dockerenv,x,Docker",
    "run/systemd/container,systemd-nspawn,systemd-nspawn",
    "proc/1/cgroup,0::/kubepods/besteffort/pod1,Kubernetes",
    "proc/sys/kernel/osrelease,5.15.90.1-microsoft-standard-WSL2,Windows Subsystem for Linux",
  })
  void containersAreNamed(String file, String text, String expected) {
    FakeTree tree = new FakeTree(root).file(file, text);

    assertThat(Virtualization.read(tree.files()).container()).contains(expected);
  }

  private FakeTree flags(String flags) {
    return new FakeTree(root).file("proc/cpuinfo", "processor\t: 0\nflags\t\t: " + flags + "\n");
  }
}
