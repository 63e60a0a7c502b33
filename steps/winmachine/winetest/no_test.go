//go:build linux

package winetest_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// No at each question: the step stays and asks again, and whoever leaves then has changed nothing.
func TestWineNo(t *testing.T) {
	t.Parallel()
	p := ill(t)
	before := p.cache()
	for _, n := range []int{6, 10, 12} {
		files := p.files()
		w := p.walk()
		w.arrive(n)
		w.Type("n")
		has(t, w.at(n, "enter ask again"), "Unique_ID "+p.id)
		w.Type("\r")
		w.at(n, stands[n])
		w.Type("n")
		w.at(n, "enter ask again")
		w.leave()
		screen := w.ends(3)
		if n == 12 {
			has(t, strings.Join(strings.Fields(screen), " "), "left at step 12 of 12; "+p.id+
				".msi was put back; the upgrade was not run")
			p.cured(before, agentPackage)
			continue
		}
		has(t, screen, "nothing was changed")
		p.again(n)
		p.unchanged(before)
		if written := strings.Join(changes(files, p.files()), " "); !writtenBefore[n].MatchString(written) {
			t.Errorf("with n at step %d it has written or removed %s", n, written)
		}
	}
	p.noCopyLeft()
}

// writtenBefore is what is written or removed on the drive on the way to a question: once the installer is started, its
// copy, which still runs when marsfix ends and waits for the next start to be removed, and its log.
var writtenBefore = map[int]*regexp.Regexp{6: regexp.MustCompile(`^$`),
	10: regexp.MustCompile(`^c:\\program files\\marsfix\\run-[0-9a-f]{16}\\marsagentinstaller\.exe c:\\windows\\temp\\obinstaller0curr\.errlog$`)}

// files are the sizes and times of all files on the computer's drive by their names in lower case, but for marsfix's
// own journal and reports.
func (p *patient) files() map[string]string {
	p.t.Helper()
	held := map[string]string{}
	root, reports := p.Path(`C:\`), p.Path(reportsFolder)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == p.Path(journalFile):
			return nil
		case path == reports:
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		held[strings.ToLower(`C:\`+strings.ReplaceAll(strings.TrimPrefix(path, root+"/"), "/",
			`\`))] = fmt.Sprint(info.Size(), info.ModTime())
		return nil
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return held
}

// changes names what differs between two looks at the files.
func changes(before, now map[string]string) (names []string) {
	for name := range now {
		if now[name] != before[name] {
			names = append(names, name)
		}
	}
	for name := range before {
		if _, ok := now[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
