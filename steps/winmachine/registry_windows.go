package winmachine

import (
	"errors"
	"fmt"

	"golang.org/x/sys/windows/registry"
)

// What msi.dll answers for stands in the registry, in the view of 64-bit programs. It is only read here when msi.dll
// cannot.
const (
	userData   = `SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\UserData\`
	machineSID = "S-1-5-18"
)

// registeredCodes are the product codes of the machine's registrations. A computer on which nothing was ever installed
// has none.
func registeredCodes() ([]string, error) {
	const products = userData + machineSID + `\Products`
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, products, registry.READ|registry.WOW64_64KEY)
	if errors.Is(err, registry.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read HKLM\\%s: %w", products, err)
	}
	defer k.Close()
	names, err := k.ReadSubKeyNames(-1)
	if err != nil {
		return nil, fmt.Errorf("cannot read HKLM\\%s: %w", products, err)
	}
	var codes []string
	for _, name := range names {
		if code, ok := unpack(name); ok {
			codes = append(codes, code)
		}
	}
	return codes, nil
}

// openInstalled opens a key, by its name below the product's own, of what Windows Installer keeps of an installed
// product.
func openInstalled(r registration, name string) (registry.Key, error) {
	packed, ok := pack(r.code)
	if !ok {
		return 0, registry.ErrNotExist
	}
	sid := r.sid
	if r.context == contextMachine || sid == "" {
		sid = machineSID
	}
	return registry.OpenKey(registry.LOCAL_MACHINE, userData+sid+`\Products\`+packed+name,
		registry.READ|registry.WOW64_64KEY)
}

// keptAsInstalled reports whether Windows Installer keeps anything of a product as an installed one, or may.
func keptAsInstalled(r registration) bool {
	k, err := openInstalled(r, "")
	if err != nil {
		return !errors.Is(err, registry.ErrNotExist)
	}
	k.Close()
	return true
}

// installProperties are the text values that Windows Installer keeps of an installed product; those that are there.
func installProperties(r registration) map[string]string {
	k, err := openInstalled(r, `\InstallProperties`)
	if err != nil {
		return nil
	}
	defer k.Close()
	values := map[string]string{}
	for _, name := range []string{"DisplayName", "DisplayVersion", "LocalPackage", "InstallSource"} {
		if s, _, err := k.GetStringValue(name); err == nil {
			values[name] = s
		}
	}
	return values
}

// registeredPatchSource is a value of the list of sources that the machine keeps of a patch; empty where there is none.
func registeredPatchSource(code, value string) string {
	packed, ok := pack(code)
	if !ok {
		return ""
	}
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, `SOFTWARE\Classes\Installer\Patches\`+packed+`\SourceList`,
		registry.READ|registry.WOW64_64KEY)
	if err != nil {
		return ""
	}
	defer k.Close()
	s, _, err := k.GetStringValue(value)
	if err != nil {
		return ""
	}
	return s
}
