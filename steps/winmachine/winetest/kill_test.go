//go:build linux

package winetest_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

var victim = forWindows("victim.exe", "./steps/winmachine/testdata/victim")

const (
	theVictim    = downloads + "victim.exe"
	operations   = `C:\operations.txt`
	fewestOfCopy = 20 // operations that a copy has at least
	wasKilled    = 1
)

// victim runs one with an administrator's rights and tells how it ended.
func (p *patient) victim(args ...string) int {
	p.t.Helper()
	return p.ElevatedTerminal(80, 24, theVictim, args...).Wait(stepLimit)
}

// Killed before each operation of the copy and of its journal, marsfix leaves nothing, a temporary file that the next
// start removes, or the whole package; Windows' own files stay as they are.
func TestWineKilledDuringTheCopy(t *testing.T) {
	t.Parallel()
	p := ill(t)
	p.Put(ready(t, victim), theVictim)
	before := p.cache()
	if code := p.victim("list", operations); code != 0 {
		t.Fatalf("undisturbed it ends with %d", code)
	}
	p.cured(before, agentPackage)
	p.again(11)
	list := strings.Split(strings.TrimSpace(string(p.Read(operations))), "\n")
	if len(list) < fewestOfCopy {
		t.Fatalf("the copy has the operations %q", list)
	}
	for i, operation := range list {
		if i > 0 && i < len(list)-1 && list[i-1] == operation && list[i+1] == operation &&
			strings.HasPrefix(operation, "read ") {
			continue // of many small reads in a row the first and the last are enough
		}
		if code := p.victim("kill", fmt.Sprint(i+1)); code != wasKilled {
			t.Fatalf("to be killed before operation %d, %s, it ended with %d", i+1, operation, code)
		}
		p.afterKill(before, operation)
		p.again(10)
	}
	if code := p.victim("kill", "0"); code != 0 {
		t.Fatalf("started for the last time it ends with %d", code)
	}
	p.cured(before, agentPackage)
}

// afterKill holds what a killed marsfix may have left in the cache, and takes away a whole package so that there is one
// to be copied again.
func (p *patient) afterKill(before map[string]string, operation string) {
	p.t.Helper()
	left := 0
	for name, hash := range p.cache() {
		temporary, err := filepath.Match("marsfix-????????????????.msi", name)
		switch {
		case err != nil:
			p.t.Fatal(err)
		case name == p.id+".msi":
			p.cured(before, agentPackage)
			p.Remove(p.agent.Cached)
		case temporary:
			left++
		case before[name] != hash:
			p.t.Errorf("killed before %s it left %s", operation, name)
		}
	}
	if left > 1 {
		p.t.Errorf("killed before %s it has left %d temporary files", operation, left)
	}
	for name := range before {
		if !p.Exists(cacheFolder + `\` + name) {
			p.t.Errorf("killed before %s, %s is gone", operation, name)
		}
	}
}
