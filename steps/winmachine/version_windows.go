package winmachine

import (
	"context"
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"

	"marsfix/steps/disk"
)

// maxVersion is how large a program's version resource may be, in bytes; a real one has some thousand.
const maxVersion = 1 << 20

// FileVersion is the version of a program file as its properties in Explorer show it ("2.0.9262.0"), empty where it has
// none.
func (m *Machine) FileVersion(ctx context.Context, f disk.File) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	fail := func(err error) (string, error) {
		return "", fmt.Errorf("cannot read the version of \"%s\": %w", f.Path(), err)
	}
	var ignored windows.Handle
	n, err := windows.GetFileVersionInfoSize(f.Path(), &ignored)
	if noResource(err) {
		return "", nil
	}
	if err != nil {
		return fail(err)
	}
	if n > maxVersion {
		return "", nil // larger than any version: it only claims to be one
	}
	block := make([]byte, n)
	if err := windows.GetFileVersionInfo(f.Path(), 0, n, unsafe.Pointer(&block[0])); err != nil {
		return fail(err)
	}
	var fixed *windows.VS_FIXEDFILEINFO
	var length uint32
	err = windows.VerQueryValue(unsafe.Pointer(&block[0]), `\`, unsafe.Pointer(&fixed), &length)
	if err != nil || uintptr(length) < unsafe.Sizeof(*fixed) {
		return "", nil // a version resource without the numbers
	}
	return fmt.Sprintf("%d.%d.%d.%d", fixed.FileVersionMS>>16, fixed.FileVersionMS&0xffff, fixed.FileVersionLS>>16,
		fixed.FileVersionLS&0xffff), nil
}

// noResource reports whether an error only says that a file has no version, or is no program that could have one.
func noResource(err error) bool {
	for _, none := range []error{windows.ERROR_RESOURCE_DATA_NOT_FOUND, windows.ERROR_RESOURCE_TYPE_NOT_FOUND,
		windows.ERROR_RESOURCE_NAME_NOT_FOUND, windows.ERROR_RESOURCE_LANG_NOT_FOUND, windows.ERROR_BAD_EXE_FORMAT} {
		if errors.Is(err, none) {
			return true
		}
	}
	return false
}
