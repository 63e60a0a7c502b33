package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	hugeSize  = 64 * giga
	hugeTime  = 2 * time.Second
	programMB = 100
)

// hostileFiles measures files that claim to be larger than they are.
func hostileFiles(o options, b *bars) error {
	package64 := map[string]int64{"Windows/Temp/OBPatch.log": 0, "1f2e3d4c/Installers/OBSAGENT.msi": hugeSize}
	for name, sizes := range map[string]map[string]int64{
		"a package of 64 GB": package64,
		"logs of 64 GB":      {"Windows/Temp/OBPatch.log": hugeSize, "Windows/Temp/OBInstaller0Curr.errlog": hugeSize},
	} {
		if !strings.Contains(name, o.only) {
			continue
		}
		c, err := measureFiles(o, sizes)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		b.atMost(name+", seconds", c.wall.Seconds(), hugeTime.Seconds())
		b.atMost(name+", resident MB", float64(c.memory)/mega, hostileMB)
	}
	const lying = "a program that claims a string table of 700 MB"
	if !strings.Contains(lying, o.only) {
		return nil
	}
	c, err := measureProgram(o)
	if err != nil {
		return fmt.Errorf("%s: %w", lying, err)
	}
	b.atMost(lying+", resident MB", float64(c.memory)/mega, programMB)
	return nil
}

// measureFiles has a computer's disk looked at that has files of these sizes, and a set-up log that names the folder of
// the package.
func measureFiles(o options, sizes map[string]int64) (c costs, err error) {
	dir := filepath.Join(o.dir, "disk")
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for name, size := range sizes {
		if err := sparse(filepath.Join(dir, name), []byte(setupMatch(4)), size); err != nil {
			return c, err
		}
	}
	if _, there := sizes["Windows/Temp/OBInstaller0Curr.errlog"]; !there {
		line := "0AB0\t0974\t05/06\t14:16:29.206\tDirectory Path for SetupLaunchScreen: C:\\1f2e3d4c\r\n"
		if err := sparse(filepath.Join(dir, "Windows/Temp/OBInstaller0Curr.errlog"), []byte(line),
			int64(len(line))); err != nil {
			return c, err
		}
	}
	return o.costs("", o.marsfix, "diagnose", "--root", dir)
}

// sparse makes a file that takes no room for what it claims behind its beginning.
func sparse(path string, begin []byte, size int64) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return errors.Join(os.WriteFile(path, begin, 0o600), os.Truncate(path, size))
}

// measureProgram has a practice walk look at a program that claims a string table of 700 MB.
func measureProgram(o options) (c costs, err error) {
	path := filepath.Join(o.dir, "MARSAgentInstaller.exe")
	defer func() { err = errors.Join(err, os.Remove(path)) }()
	if err := sparse(path, lyingProgram(), 800*mega); err != nil {
		return c, err
	}
	return o.costs(strings.Repeat("\n", 12), o.marsfix, "practice", "--plain", "--installer", path)
}

// lyingProgram is the beginning of a program with one section and a table of symbols, behind which a table of strings
// is said to lie.
func lyingProgram() []byte {
	const header, table = 0x40, 1024
	b := make([]byte, table+4)
	put16, put32 := binary.LittleEndian.PutUint16, binary.LittleEndian.PutUint32
	copy(b, "MZ")
	put32(b[0x3C:], header)
	copy(b[header:], "PE\x00\x00\x64\x86\x01")
	put32(b[header+12:], table)
	put16(b[header+20:], 240)
	put16(b[header+22:], 0x22)
	put16(b[header+24:], 0x20B)
	copy(b[header+24+240:], ".text")
	put32(b[table:], 700*mega)
	return b
}
