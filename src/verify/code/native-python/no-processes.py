# Takes from a process, for good, what a program has no use for: starting processes, and memory that belongs to no
# process and so to no limit (System V shared memory, message queues, memory files). A seccomp filter of the kernel;
# threads stay. Where it cannot be set (another architecture, an old kernel) the host's watch over the whole tree of
# processes still holds.
import errno, os, struct  # noqa: E401

# By architecture: its AUDIT_ARCH, the numbers of clone and clone3, and of execve, execveat, shmget, shmat, semget,
# msgget, mq_open, memfd_create, ptrace, io_uring_setup, memfd_secret; then fork and vfork, which aarch64 lacks.
CALLS = {
    "x86_64": (0xC000003E, 56, 435, (59, 322, 29, 30, 64, 68, 240, 319, 101, 425, 447, 57, 58)),
    "aarch64": (0xC00000B7, 220, 435, (221, 281, 194, 196, 190, 186, 180, 279, 117, 425, 447)),
}
CLONE_THREAD = 0x00010000
# Instructions of classic BPF, places in struct seccomp_data, and answers.
LOAD, IS, AT_LEAST, HAS, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
ALLOW, FAIL = 0x7FFF0000, 0x00050000


def rules(architecture, clone, clone3, no):
    """(label, instruction, operand, where to if so, where to if not); without a place, the next one."""
    return [
        (None, LOAD, ARCHITECTURE, None, None),
        (None, IS, architecture, None, "no"),  # calls of another have other numbers
        (None, LOAD, NUMBER, None, None),
        (None, AT_LEAST, 0x40000000, "no", None),  # those of x32
        (None, IS, clone3, "no such call", None),  # its flags lie in memory; the C library falls back on clone
        (None, IS, clone, "clone", None),
        *[(None, IS, number, "no", None) for number in no],
        ("yes", ANSWER, ALLOW, None, None),
        ("no", ANSWER, FAIL | errno.EPERM, None, None),
        ("no such call", ANSWER, FAIL | errno.ENOSYS, None, None),
        ("clone", LOAD, FIRST_ARGUMENT, None, None),
        (None, HAS, CLONE_THREAD, None, "no process"),
        (None, ANSWER, ALLOW, None, None),
        ("no process", ANSWER, FAIL | errno.EPERM, None, None),
    ]


def assemble(lines):
    """Labels become distances from the next instruction; they only point ahead."""
    places = {line[0]: at for at, line in enumerate(lines)}
    code = b""
    for at, (_, instruction, operand, then, otherwise) in enumerate(lines):
        jumps = [0 if label is None else places[label] - at - 1 for label in (then, otherwise)]
        code += struct.pack("=HBBI", instruction, *jumps, operand)
    return code


def forbid():
    """True when the filter is set; it cannot be taken off again."""
    found = CALLS.get(os.uname().machine)
    if found is None:
        return False
    try:
        import ctypes

        code = assemble(rules(*found))
        text = ctypes.create_string_buffer(code, len(code))
        described = struct.pack("@HP", len(code) // 8, ctypes.addressof(text))
        prctl = ctypes.CDLL(None).prctl
        # PR_SET_NO_NEW_PRIVS, without which only root may; then PR_SET_SECCOMP with SECCOMP_MODE_FILTER.
        return prctl(38, 1, 0, 0, 0) == 0 and prctl(22, 2, described, 0, 0) == 0
    except Exception:
        return False
