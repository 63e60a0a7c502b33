//go:build linux || windows

package winetest

import (
	"slices"
	"strings"
)

// Exit codes of Windows Installer as tests see them.
const (
	CodeNoSource = 1612 & codeBits // ERROR_INSTALL_SOURCE_ABSENT
	CodeCutOff   = 1627 & codeBits // ERROR_FUNCTION_FAILED, what a cut-off cached package comes to on Wine
)

// Product is an installed product.
type Product struct {
	Source string // the package that it was installed from
	Cached string // the package in Windows Installer's cache
}

func cacheDir() string { return WindowsFolder() + `\Installer` }

// Install installs a package of this machine as Windows Installer does, from a folder of the computer.
func (c *Computer) Install(msi, source string) Product {
	c.t.Helper()
	before := c.cached()
	c.Put(msi, source)
	c.MustRun("msiexec", "/i", source, "/qn")
	for _, name := range c.cached() {
		if !slices.Contains(before, name) {
			return Product{source, cacheDir() + `\` + name}
		}
	}
	c.t.Fatalf("Windows Installer has cached nothing of %s", source)
	return Product{}
}

// cached names the packages in the cache.
func (c *Computer) cached() []string {
	if !c.Exists(cacheDir()) {
		return nil
	}
	return slices.DeleteFunc(c.List(cacheDir()), func(name string) bool { return !strings.HasSuffix(name, ".msi") })
}

// Lose takes away what Windows Installer would need: the cached package and the source.
func (c *Computer) Lose(p Product) {
	c.t.Helper()
	c.Remove(p.Cached)
	c.Remove(p.Source)
}

// Reinstall asks Windows Installer to install a registered product again, from its cached package, and tells its exit
// code: what an upgrade asks first. (With v among the modes it would open the package of the source, and the cached one
// would cure nothing: https://learn.microsoft.com/windows/win32/msi/originaldatabase. Wine takes the cached one then
// too.)
func (c *Computer) Reinstall(productCode string) int {
	c.t.Helper()
	_, code := c.Run("msiexec", "/i", productCode, "REINSTALL=ALL", "REINSTALLMODE=omus", "/qn")
	return code
}
