package main

import (
	"bufio"
	"bytes"
	"cmp"
	"debug/buildinfo"
	"debug/pe"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// cost prints what each dependency adds to the program for Windows, and what is done before main.
func cost(o options) error {
	if err := sizes(o); err != nil {
		return err
	}
	return inits(o)
}

// owner is what one module has in the program, in bytes.
type owner struct {
	name       string
	code, data int64
	shared     float64 // its part of the tables that the linker makes for everybody
}

func (w owner) sum() float64 { return float64(w.code+w.data) + w.shared }

// sizes prints the size of each module in the stripped program. The tables about functions and types, the strings and
// the relocations belong to no symbol of a module: each module bears them in proportion to its code.
func sizes(o options) error {
	whole, err := strippedSize(o.windows)
	if err != nil {
		return err
	}
	owners, err := owned(o.windows)
	if err != nil {
		return err
	}
	var code, named int64
	for _, w := range owners {
		code, named = code+w.code, named+w.code+w.data
	}
	for i := range owners {
		owners[i].shared = float64(whole-named) * float64(owners[i].code) / float64(code)
	}
	slices.SortFunc(owners, func(a, b owner) int { return cmp.Compare(b.sum(), a.sum()) })
	fmt.Printf("### Size\n\nmarsfix.exe, stripped: %.2f MB. Code and data by module, and the linker's tables (functions, types, strings, relocations: %.2f MB) shared out by code.\n\n",
		float64(whole)/1e6, float64(whole-named)/1e6)
	fmt.Println("| module | code | data | with its share of the tables | of the program |\n|---|--:|--:|--:|--:|")
	var small owner
	count := 0
	row := func(w owner) {
		fmt.Printf("| %s | %.0f kB | %.0f kB | %.0f kB | %.1f %% |\n", w.name, float64(w.code)/1e3, float64(w.data)/1e3,
			w.sum()/1e3, 100*w.sum()/float64(whole))
	}
	for _, w := range owners {
		if w.sum() < 20e3 {
			small.code, small.data, small.shared, count = small.code+w.code, small.data+w.data,
				small.shared+w.shared, count+1
			continue
		}
		row(w)
	}
	small.name = fmt.Sprintf("%d smaller modules", count)
	row(small)
	fmt.Println()
	return nil
}

// strippedSize is the size of the program's file without its symbol table and debugging sections.
func strippedSize(path string) (int64, error) {
	f, err := pe.Open(path)
	if err != nil {
		return 0, err
	}
	var size int64
	for _, s := range f.Sections {
		if !strings.HasPrefix(s.Name, ".debug") && !strings.HasPrefix(s.Name, ".zdebug") && s.Name != ".symtab" {
			size += int64(s.Size)
		}
	}
	return size, f.Close()
}

// owned sums the symbols that stand in the file by the module that they belong to.
func owned(path string) ([]owner, error) {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return nil, err
	}
	inFile, err := filled(path)
	if err != nil {
		return nil, err
	}
	out, err := exec.Command("go", "tool", "nm", "-size", path).Output()
	if err != nil {
		return nil, fmt.Errorf("go tool nm %s: %w", path, err)
	}
	by := map[string]*owner{}
	for line := range bytes.Lines(out) {
		f := strings.Fields(string(line))
		if len(f) < 4 {
			continue
		}
		at, err1 := strconv.ParseUint(f[0], 16, 64)
		size, err2 := strconv.ParseInt(f[1], 10, 64)
		if err1 != nil || err2 != nil || shared(f[3]) || !inFile(at) {
			continue
		}
		name := moduleOf(f[3], info)
		if by[name] == nil {
			by[name] = &owner{name: name}
		}
		if f[2] == "T" || f[2] == "t" {
			by[name].code += size
		} else {
			by[name].data += size
		}
	}
	var owners []owner
	for _, w := range by {
		owners = append(owners, *w)
	}
	return owners, nil
}

// shared tells that a symbol is one of the linker's tables, or a mark in the middle of one.
func shared(name string) bool {
	return strings.HasPrefix(name, "type:") || strings.HasPrefix(name, "go:") || slices.Contains([]string{
		"runtime.pclntab", "runtime.types", "runtime.rodata", "runtime.findfunctab", "runtime.typelink",
		"runtime.itablink", "runtime.text", "runtime.etext",
		"runtime.erodata", "runtime.etypes", "runtime.data", "runtime.edata", "runtime.noptrdata", "runtime.enoptrdata",
		"runtime.epclntab", "runtime.epctab"}, name)
}

// filled tells of an address whether the file holds bytes for it; memory that begins as zeros takes no room.
func filled(path string) (func(at uint64) bool, error) {
	f, err := pe.Open(path)
	if err != nil {
		return nil, err
	}
	header, ok := f.OptionalHeader.(*pe.OptionalHeader64)
	if !ok {
		return nil, fmt.Errorf("%s is no 64-bit program", path)
	}
	return func(at uint64) bool {
		for _, s := range f.Sections {
			if start := header.ImageBase + uint64(s.VirtualAddress); at >= start && at < start+uint64(s.Size) {
				return true
			}
		}
		return false
	}, f.Close()
}

// moduleOf is the module that a symbol belongs to, by its name up to type arguments.
func moduleOf(symbol string, info *buildinfo.BuildInfo) string {
	symbol, _, _ = strings.Cut(symbol, "[")
	symbol = strings.ReplaceAll(symbol, "%2e", ".")
	for _, d := range info.Deps {
		if strings.HasPrefix(symbol, d.Path+".") || strings.HasPrefix(symbol, d.Path+"/") {
			return d.Path
		}
	}
	if strings.HasPrefix(symbol, "marsfix/") || strings.HasPrefix(symbol, "main.") {
		return "marsfix itself"
	}
	return "Go's runtime and library"
}

// initLine is a line of GODEBUG=inittrace=1: package, start, time, bytes, allocations.
var initLine = regexp.MustCompile(`^init (\S+) @\S+ ms, (\S+) ms clock, (\d+) bytes, (\d+) allocs`)

// inits prints what packages do before main.
func inits(o options) error {
	ours, bytes, err := initTimes(o, []string{o.marsfix, "--version"})
	if err != nil {
		return err
	}
	var names []string
	for n := range ours {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(ours[b].median(), ours[a].median()) })
	var all time.Duration
	for _, n := range names {
		all += ours[n].median()
	}
	fmt.Printf("### Before main\n\nWhat packages do when the program starts (`GODEBUG=inittrace=1`), medians of %d starts: %.2f ms in all.\n\n", o.rounds, float64(all)/1e6)
	fmt.Println("| package | time | memory |\n|---|--:|--:|")
	for _, n := range names {
		if ours[n].median() >= 20*time.Microsecond {
			fmt.Printf("| %s | %.3f ms | %.1f kB |\n", n, float64(ours[n].median())/1e6, float64(bytes[n])/1e3)
		}
	}
	fmt.Println()
	return nil
}

func initTimes(o options, args []string) (map[string]series, map[string]int64, error) {
	took, size := map[string]series{}, map[string]int64{}
	for range o.rounds {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		var told bytes.Buffer
		cmd.Stderr = &told
		if err := cmd.Run(); err != nil {
			return nil, nil, fmt.Errorf("%v: %w", args, err)
		}
		for sc := bufio.NewScanner(&told); sc.Scan(); {
			m := initLine.FindStringSubmatch(sc.Text())
			if m == nil {
				continue
			}
			clock, err := strconv.ParseFloat(m[2], 64)
			if err != nil {
				return nil, nil, err
			}
			took[m[1]] = append(took[m[1]], time.Duration(clock*1e6))
			if size[m[1]], err = strconv.ParseInt(m[3], 10, 64); err != nil {
				return nil, nil, err
			}
		}
	}
	if len(took) == 0 {
		return nil, nil, fmt.Errorf("%v told nothing of its start", args)
	}
	return took, size, nil
}
