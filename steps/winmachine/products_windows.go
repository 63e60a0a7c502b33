package winmachine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
)

// MSIINSTALLCONTEXT and MSIPATCHSTATE, msi.h.
const (
	contextOwn     = 2 // MSIINSTALLCONTEXT_USERUNMANAGED: a user's, who installed it without an administrator
	contextMachine = 4
	contextAll     = 7
	patchStateAll  = 15
	everybody      = "s-1-1-0" // the SID that stands for all users of the computer
)

// registration is where Windows Installer has a product: whose, and in which context. One product can be there for
// several users.
type registration struct {
	code    string
	sid     string // empty in the machine's context
	context uint32
}

func (r registration) user() *uint16 {
	if r.context == contextMachine || r.sid == "" {
		return nil
	}
	return wide(r.sid)
}

// ofOther reports whether a product is installed by another user for himself alone. Of such nobody is told what stands
// in that user's own registry: the package code, and what the product is called where it is advertised.
// https://learn.microsoft.com/windows/win32/api/msi/nf-msi-msigetproductinfoexw
func (r registration) ofOther() bool {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	return r.context == contextOwn && r.sid != "" && (err != nil || !strings.EqualFold(r.sid, user.User.Sid.String()))
}

// Products lists every registered product of the machine and of all its users; without an administrator's rights only
// this user's. A registration that cannot be read carries its Err and what the registry itself still says.
//
// All of it runs on one thread: "each call must be made from the same thread", and a goroutine that moves to another
// may be told too early that there are no more.
// https://learn.microsoft.com/windows/win32/api/msi/nf-msi-msienumproductsexw
func (m *Machine) Products(ctx context.Context) ([]computer.Product, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	list, err := m.lists.registrations(ctx, everybody)
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		list, err = m.lists.registrations(ctx, "")
	}
	if err != nil {
		return nil, fmt.Errorf("cannot list the products of Windows Installer: %w", err)
	}
	products := make([]computer.Product, 0, len(list))
	for _, r := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		products = append(products, m.lists.read(r))
	}
	return products, nil
}

// read reads one registration. What Windows Installer does not tell is taken from where it keeps it.
func (l lists) read(r registration) computer.Product {
	p := computer.Product{ProductCode: r.code}
	registry := sync.OnceValue(func() map[string]string { return installProperties(r) })
	var trouble []string
	for _, f := range []struct {
		to       *string
		property string
		value    string // name of the registry's value, empty: it has none
	}{
		{&p.Name, "InstalledProductName", "DisplayName"}, {&p.Version, "VersionString", "DisplayVersion"},
		{&p.PackageCode, "PackageCode", ""}, {&p.LocalPackage, "LocalPackage", "LocalPackage"},
		{&p.InstallSource, "InstallSource", "InstallSource"},
	} {
		var err error
		*f.to, err = productInfo(r, f.property)
		if err == nil || f.property == "PackageCode" && r.ofOther() {
			continue
		}
		if *f.to = registry()[f.value]; *f.to == "" && !errors.Is(err, windows.ERROR_UNKNOWN_PROPERTY) {
			trouble = append(trouble, fmt.Sprintf("%s: %v", f.property, err))
		}
	}
	if p.Name == "" {
		// advertised and not installed; a name that nobody has is shown as none
		p.Name, _ = productInfo(r, "ProductName")
	}
	// Where they cannot be read there is one place fewer in which the right package might lie.
	p.LastUsedSource, p.PackageName = withoutKind(sourceInfo(r, "LastUsedSource")), sourceInfo(r, "PackageName")
	patches, err := l.patchesOf(r)
	p.Patches = patches
	if err != nil {
		trouble = append(trouble, fmt.Sprintf("patches: %v", err))
	}
	for _, patch := range patches {
		if patch.Err != "" {
			trouble = append(trouble, fmt.Sprintf("patch %s: %s", patch.Code, patch.Err))
		}
	}
	p.PackageCode = asCode(p.PackageCode)
	if p.LocalPackage == "" && trouble == nil && !advertised(r) {
		trouble = append(trouble, "LocalPackage: nothing is registered")
	}
	p.Err = strings.Join(trouble, "; ")
	return p
}

// advertised reports whether a product is only offered and not installed: its registration is whole without a cached
// package. An installed one whose properties are gone has the same state, and is told by what else is kept of it.
// https://learn.microsoft.com/windows/win32/api/msi/nf-msi-msigetproductinfoexw, INSTALLPROPERTY_PRODUCTSTATE
func advertised(r registration) bool {
	state, err := productInfo(r, "State")
	return err == nil && state == "1" && !keptAsInstalled(r)
}

func productInfo(r registration, property string) (string, error) {
	code, name := wide(r.code), wide(property)
	return grow(func(buf *uint16, n *uint32) error {
		return msiGetProductInfoEx(code, r.user(), r.context, name, buf, n)
	})
}

// sourceInfo is what the list of a product's sources says; empty when it says nothing. Of LastUsedSource Windows
// Installer may say the kind and the place in the list before the folder: "n;1;C:\Downloads\".
func sourceInfo(r registration, property string) string {
	const codeIsProduct = 0 // MSICODE_PRODUCT
	return listedSource(r.code, r, codeIsProduct, property)
}

// patchSource is the same of a patch. Wine does not know the patch there, though it stands in the same place of the
// registry.
func patchSource(code string, r registration, property string) string {
	const codeIsPatch = 0x40000000 // MSICODE_PATCH
	if s := listedSource(code, r, codeIsPatch, property); s != "" {
		return s
	}
	return registeredPatchSource(code, property)
}

// listedSource asks for a property of the list of sources of a product or a patch, by its code.
func listedSource(code string, r registration, kind uint32, property string) string {
	c, name := wide(code), wide(property)
	s, err := grow(func(buf *uint16, n *uint32) error {
		return msiSourceListGetInfo(c, r.user(), r.context, kind, name, buf, n)
	})
	if err != nil {
		return ""
	}
	return s
}

// patchStates are Windows Installer's of a patch, by the number of the property State.
// https://learn.microsoft.com/windows/win32/api/msi/nf-msi-msigetpatchinfoexw
var patchStates = map[string]computer.PatchState{"1": computer.PatchApplied, "2": computer.PatchSuperseded,
	"4": computer.PatchObsoleted, "8": computer.PatchRegistered}

// patchOf reads one patch of a product. What cannot be read of it is told in its Err, but for its name and its sources:
// without those there is a word or a place fewer.
func patchOf(r registration, code string) computer.Patch {
	p := computer.Patch{Code: code,
		LastUsedSource: withoutKind(patchSource(code, r, "LastUsedSource")),
		PackageName:    patchSource(code, r, "PackageName")}
	var state string
	var trouble []string
	for property, to := range map[string]*string{"DisplayName": &p.Name, "LocalPackage": &p.LocalPackage,
		"State": &state} {
		patch, product, name := wide(code), wide(r.code), wide(property)
		var err error
		*to, err = grow(func(buf *uint16, n *uint32) error {
			return msiGetPatchInfoEx(patch, product, r.user(), r.context, name, buf, n)
		})
		if err != nil && property != "DisplayName" && !errors.Is(err, windows.ERROR_UNKNOWN_PROPERTY) {
			trouble = append(trouble, fmt.Sprintf("%s: %v", property, err))
		}
	}
	slices.Sort(trouble)
	p.State, p.Err = patchStates[state], strings.Join(trouble, "; ")
	return p
}

// grow calls with a buffer that is as large as the answer needs. Windows Installer counts without the closing NUL.
func grow(call func(buf *uint16, n *uint32) error) (string, error) {
	buf := make([]uint16, 300)
	for {
		n := uint32(len(buf))
		err := call(&buf[0], &n)
		if errors.Is(err, windows.ERROR_MORE_DATA) && int(n) >= len(buf) {
			buf = make([]uint16, n+1)
			continue
		}
		if err != nil {
			return "", err
		}
		return windows.UTF16ToString(buf), nil
	}
}
