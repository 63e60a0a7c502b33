//go:build windows

package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// config is what the stand-in is to do, as tests write it.
type config struct {
	Package    string   `json:"package"`      // the .msi to extract as OBSAGENT.msi
	Patches    []string `json:"patches"`      // the .msp to extract beside it
	Registered string   `json:"registered"`   // the cached file of the product's registered patch; empty: it has none
	Product    string   `json:"product"`      // product code of the registered product
	Drive      string   `json:"drive"`        // letter of the drive to extract to; empty: C
	NoSetupLog bool     `json:"no_setup_log"` // write nothing to OBInstaller0Curr.errlog
}

// configPath is not beside the program: marsfix starts a copy of it from a folder of its own.
const (
	configPath = `C:\standin.json`
	setupName  = "CBPSetup.exe"
)

func load() (config, error) {
	var c config
	data, err := os.ReadFile(configPath)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, fmt.Errorf("%q: %w", configPath, err)
	}
	if c.Drive == "" {
		c.Drive = "C"
	}
	return c, nil
}

// install is the self-extractor: it goes when the wizard has gone, and takes the folder with it.
func install() (code int, err error) {
	exe, err := os.Executable()
	if err != nil {
		return 0, err
	}
	c, err := load()
	if err != nil {
		return 0, err
	}
	folder := c.Drive + `:\` + randomHex(16)
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err := extract(folder, exe, c); err != nil {
		return 0, err
	}
	setup := exec.Command(filepath.Join(folder, setupName), "wizard", folder)
	setup.Dir = folder
	err = setup.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// extract lays the folder out. The folder of the packages comes last, as a whole.
func extract(folder, exe string, c config) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	files := [][2]string{{exe, setupName}, {c.Package, `unpacked\OBSAGENT.msi`}}
	for _, msp := range c.Patches {
		files = append(files, [2]string{msp, `unpacked\` + filepath.Base(msp)})
	}
	for _, f := range files {
		if err := copyFile(f[0], filepath.Join(folder, f[1])); err != nil {
			return err
		}
	}
	return os.Rename(filepath.Join(folder, "unpacked"), filepath.Join(folder, "Installers"))
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

func randomHex(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails, see its documentation
	return hex.EncodeToString(b)
}
