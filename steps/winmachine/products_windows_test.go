package winmachine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows/registry"

	"marsfix/steps"
)

const (
	agentCode    = "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"
	agentPackage = "{7B5EA8D0-4C3F-4E0A-9C54-0A7D5E2F9169}"
	otherCode    = "{A41F6C93-0D8E-4B27-95C1-6E3B7F210181}"
)

// find is the product with a code.
func find(t *testing.T, m *Machine, code string) steps.Product {
	t.Helper()
	list, err := m.Products(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if strings.EqualFold(p.ProductCode, code) {
			return p
		}
	}
	t.Fatalf("%s is not among %+v", code, list)
	return steps.Product{}
}

func TestWindowsProducts(t *testing.T) {
	source := install(t, "obsagent.msi")
	t.Cleanup(func() { msiexec(t, 0, "/x", agentCode) })
	p := find(t, machine(t), agentCode)
	want := steps.Product{Name: "Microsoft Azure Recovery Services Agent", Version: "2.0.9169.0", ProductCode: agentCode,
		PackageCode: agentPackage, PackageName: "obsagent.msi", LocalPackage: p.LocalPackage,
		LastUsedSource: filepath.Dir(source) + `\`, InstallSource: filepath.Dir(source) + `\`}
	if p.Err != "" || p.Patches != nil || p.Name != want.Name || p.Version != want.Version || p.PackageCode != want.PackageCode ||
		p.PackageName != want.PackageName || p.LastUsedSource != want.LastUsedSource || p.InstallSource != want.InstallSource {
		t.Errorf("registered as %+v,\nwant          %+v", p, want)
	}
	a, b := readFile(t, source), readFile(t, p.LocalPackage)
	if string(a) != string(b) {
		t.Errorf("%s is not what was installed", p.LocalPackage)
	}
}

// A registration that is broken is listed with what is wrong, and does not hide the others.
func TestWindowsProductsCorrupt(t *testing.T) {
	install(t, "obsagent.msi")
	t.Cleanup(func() { msiexec(t, 0, "/x", agentCode) })
	install(t, "monitor.msi")
	packed, ok := pack(otherCode)
	if !ok {
		t.Fatalf("%s is no code", otherCode)
	}
	product := userData + machineSID + `\Products\` + packed
	properties, err := registry.OpenKey(registry.LOCAL_MACHINE, product+`\InstallProperties`, registry.ALL_ACCESS|registry.WOW64_64KEY)
	if err != nil {
		t.Fatal(err)
	}
	defer properties.Close()
	if err := properties.SetDWordValue("LocalPackage", 7); err != nil {
		t.Fatal(err)
	}
	m := machine(t)
	if p := find(t, m, otherCode); p.LocalPackage != "" && strings.EqualFold(filepath.Ext(p.LocalPackage), ".msi") {
		t.Errorf("a number is no path, yet the package is %q", p.LocalPackage)
	}
	if p := find(t, m, agentCode); p.LocalPackage == "" || p.Err != "" {
		t.Errorf("beside a corrupt registration the good one is %+v", p)
	}
	if err := registry.DeleteKey(registry.LOCAL_MACHINE, product+`\InstallProperties`); err != nil {
		t.Fatal(err)
	}
	p := find(t, m, otherCode)
	if p.Err == "" || !strings.Contains(p.Err, "LocalPackage") {
		t.Errorf("without its properties the product reads %+v, and nothing says that LocalPackage could not be read", p)
	}
	if p := find(t, m, agentCode); p.LocalPackage == "" || p.Err != "" {
		t.Errorf("beside a corrupt registration the good one is %+v", p)
	}
}

// What the registry's own values say stands in for a product whose registration Windows Installer does not read.
func TestWindowsProductFromRegistry(t *testing.T) {
	scratch(t)
	const code = "{0C5B7A1E-93D2-4F68-A1B4-5D7E9F0C1612}"
	packed, ok := pack(code)
	if !ok {
		t.Fatalf("%s is no code", code)
	}
	path := userData + machineSID + `\Products\` + packed
	k, _, err := registry.CreateKey(registry.LOCAL_MACHINE, path+`\InstallProperties`, registry.ALL_ACCESS|registry.WOW64_64KEY)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	for name, value := range map[string]string{"DisplayName": "Half a product", "DisplayVersion": "1.2.3", "LocalPackage": `C:\windows\Installer\abc.msi`} {
		if err := k.SetStringValue(name, value); err != nil {
			t.Fatal(err)
		}
	}
	list := addUnlisted([]registration{{code: agentCode, context: contextMachine}})
	var p steps.Product
	for _, r := range list {
		if r.code == code {
			p = product(r)
		}
	}
	if p.Name != "Half a product" || p.Version != "1.2.3" || p.LocalPackage != `C:\windows\Installer\abc.msi` {
		t.Errorf("the registry was read as %+v", p)
	}
	if !strings.Contains(p.Err, "PackageCode") {
		t.Errorf("the error is %q, and does not say that PackageCode could not be read", p.Err)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
