package winmachine

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"marsfix/steps/computer"
)

const contextManaged = 1 // MSIINSTALLCONTEXT_USERMANAGED

const (
	agentCode    = "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"
	agentPackage = "{7B5EA8D0-4C3F-4E0A-9C54-0A7D5E2F9169}"
	otherCode    = "{A41F6C93-0D8E-4B27-95C1-6E3B7F210181}"
)

// find is the product with a code.
func find(t *testing.T, m *Machine, code string) computer.Product {
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
	return computer.Product{}
}

func TestWindowsProducts(t *testing.T) {
	source := install(t, "obsagent.msi")
	t.Cleanup(func() { msiexec(t, 0, "/x", agentCode) })
	p := find(t, machine(t), agentCode)
	want := computer.Product{Name: "Microsoft Azure Recovery Services Agent", Version: "2.0.9169.0",
		ProductCode: agentCode,
		PackageCode: agentPackage, PackageName: "obsagent.msi", LocalPackage: p.LocalPackage,
		LastUsedSource: filepath.Dir(source) + `\`, InstallSource: filepath.Dir(source) + `\`}
	if p.Err != "" || p.Patches != nil || p.Name != want.Name || p.Version != want.Version ||
		p.PackageCode != want.PackageCode ||
		p.PackageName != want.PackageName || p.LastUsedSource != want.LastUsedSource ||
		p.InstallSource != want.InstallSource {
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
	properties, err := registry.OpenKey(registry.LOCAL_MACHINE, product+`\InstallProperties`,
		registry.ALL_ACCESS|registry.WOW64_64KEY)
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
		t.Errorf("without its properties the product reads %+v, and nothing says that LocalPackage could not be read",
			p)
	}
	if p := find(t, m, agentCode); p.LocalPackage == "" || p.Err != "" {
		t.Errorf("beside a corrupt registration the good one is %+v", p)
	}
}

// registerPatch has a patch registered for the agent, as Windows Installer itself does it.
func registerPatch(t *testing.T, code, cached, source string) {
	t.Helper()
	patch, _ := pack(code)
	product, _ := pack(agentCode)
	const classes = `SOFTWARE\Classes\Installer\`
	keys := map[string]map[string]any{
		userData + machineSID + `\Patches\` + patch:                 {"LocalPackage": cached},
		userData + machineSID + `\Products\` + product + `\Patches`: {"AllPatches": []string{patch}},
		userData + machineSID + `\Products\` + product + `\Patches\` + patch: {"State": uint32(1),
			"DisplayName": "KB5012345", "PatchType": uint32(0)},
		classes + `Products\` + product + `\Patches`: {"Patches": []string{patch},
			patch: ":T1"},
		classes + `Patches\` + patch + `\SourceList`: {"PackageName": "agent.msp",
			"LastUsedSource": "n;1;" + source},
		classes + `Patches\` + patch + `\SourceList\Net`: {"1": source},
	}
	t.Cleanup(func() {
		for _, key := range slices.Backward(slices.Sorted(maps.Keys(keys))) { // what lies below comes first
			if err := registry.DeleteKey(registry.LOCAL_MACHINE, key); err != nil {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
	for key, values := range keys {
		k, _, err := registry.CreateKey(registry.LOCAL_MACHINE, key, registry.ALL_ACCESS|registry.WOW64_64KEY)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range values {
			switch v := value.(type) {
			case string:
				err = k.SetStringValue(name, v)
			case []string:
				err = k.SetStringsValue(name, v)
			case uint32:
				err = k.SetDWordValue(name, v)
			}
			if err != nil {
				t.Fatalf("%s in %s: %v", name, key, err)
			}
		}
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A registered patch is read with its state, its cached file and its source.
func TestWindowsPatches(t *testing.T) {
	install(t, "obsagent.msi")
	t.Cleanup(func() { msiexec(t, 0, "/x", agentCode) })
	const code = "{0A1B2C3D-1111-4222-8333-444455556666}"
	registerPatch(t, code, `C:\windows\Installer\77aa1.msp`, `C:\patches\`)
	p := find(t, machine(t), agentCode)
	want := computer.Patch{Code: code, Name: "KB5012345", LocalPackage: `C:\windows\Installer\77aa1.msp`,
		State:          computer.PatchApplied,
		LastUsedSource: `C:\patches\`, PackageName: "agent.msp"}
	if len(p.Patches) != 1 || p.Patches[0] != want {
		t.Errorf("its patches read %+v, want %+v; %s", p.Patches, want, p.Err)
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
	k, _, err := registry.CreateKey(registry.LOCAL_MACHINE, path+`\InstallProperties`,
		registry.ALL_ACCESS|registry.WOW64_64KEY)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	for name, value := range map[string]string{"DisplayName": "Half a product", "DisplayVersion": "1.2.3",
		"LocalPackage": `C:\windows\Installer\abc.msi`} {
		if err := k.SetStringValue(name, value); err != nil {
			t.Fatal(err)
		}
	}
	list, err := realLists.addUnlisted([]registration{{code: agentCode, context: contextMachine}})
	if err != nil {
		t.Fatal(err)
	}
	var p computer.Product
	for _, r := range list {
		if r.code == code {
			p = realLists.read(r)
		}
	}
	if p.Name != "Half a product" || p.Version != "1.2.3" || p.LocalPackage != `C:\windows\Installer\abc.msi` {
		t.Errorf("the registry was read as %+v", p)
	}
	if !strings.Contains(p.Err, "PackageCode") {
		t.Errorf("the error is %q, and does not say that PackageCode could not be read", p.Err)
	}
}

// Another user's own product does not tell its package code to anybody, and nothing is wrong with that.
func TestWindowsProductOfAnotherUser(t *testing.T) {
	own, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	const code, other = "{0C5B7A1E-93D2-4F68-A1B4-5D7E9F0C1642}", "S-1-5-21-1111111111-2222222222-3333333333-1001"
	for _, c := range []struct {
		r    registration
		told bool // that the code could not be read
	}{
		{registration{code, other, contextOwn}, false},
		{registration{code, own.User.Sid.String(), contextOwn}, true},
		{registration{code, other, contextManaged}, true},
		{registration{code, "", contextMachine}, true},
	} {
		p := realLists.read(c.r)
		if strings.Contains(p.Err, "PackageCode") != c.told || !strings.Contains(p.Err, "LocalPackage") {
			t.Errorf("%+v reads %q", c.r, p.Err)
		}
	}
}

// A product that is offered and not installed has no cached package, and nothing is wrong with that.
func TestWindowsProductAdvertised(t *testing.T) {
	scratch(t)
	const code = "{0C5B7A1E-93D2-4F68-A1B4-5D7E9F0C1641}"
	packed, ok := pack(code)
	if !ok {
		t.Fatalf("%s is no code", code)
	}
	const products = `SOFTWARE\Classes\Installer\Products\`
	k, _, err := registry.CreateKey(registry.LOCAL_MACHINE, products+packed, registry.ALL_ACCESS|registry.WOW64_64KEY)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := registry.DeleteKey(registry.LOCAL_MACHINE, products+packed); err != nil {
			t.Error(err)
		}
	})
	defer k.Close()
	packedPackage, _ := pack(agentPackage)
	for name, value := range map[string]string{"ProductName": "Offered", "PackageCode": packedPackage} {
		if err := k.SetStringValue(name, value); err != nil {
			t.Fatal(err)
		}
	}
	p := find(t, machine(t), code)
	if p.Name != "Offered" || p.PackageCode != agentPackage || p.LocalPackage != "" || p.Err != "" {
		t.Errorf("it reads %+v", p)
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
