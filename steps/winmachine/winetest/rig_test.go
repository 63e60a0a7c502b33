//go:build linux || windows

package winetest_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"marsfix/steps/winmachine/winetest"
)

// stepLimit is how long a step may take at most, on a machine that does other things as well.
const stepLimit = 3 * time.Minute

const (
	agentCode     = "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"
	packages      = "steps/practice/packages/"
	agentPackage  = packages + "obsagent.msi"
	downloads     = `C:\Downloads\`
	theProgram    = downloads + "marsfix.exe"
	theInstaller  = downloads + "MARSAgentInstaller.exe"
	offered       = `C:\new\package.msi` // what the installer extracts
	ownFolder     = `C:\Program Files\marsfix`
	journalFile   = ownFolder + `\journal.jsonl`
	reportsFolder = ownFolder + `\reports`
)

// cacheFolder is Windows Installer's.
var cacheFolder = winetest.WindowsFolder() + `\Installer`

// built is the folder of the programs that the tests build; TestMain removes it.
var built string

// TestMain runs the tests in the module's folder, whose paths they name.
func TestMain(m *testing.M) {
	code, err := runTests(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func runTests(m *testing.M) (code int, err error) {
	if err := os.Chdir(filepath.Join("..", "..", "..")); err != nil {
		return 0, err
	}
	if built, err = os.MkdirTemp("", "marsfix-built-"); err != nil {
		return 0, err
	}
	return m.Run(), os.RemoveAll(built)
}

// forWindows builds another program for Windows, next to the release.
func forWindows(name, pkg string, flags ...string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		if dir := os.Getenv(winetest.EnvBuilt); dir != "" {
			return filepath.Join(dir, name), nil
		}
		exe := filepath.Join(built, name)
		cmd := exec.Command("go", slices.Concat([]string{"build", "-o", exe}, flags, []string{pkg})...)
		cmd.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("cannot build %s: %w\n%s", pkg, err, out)
		}
		return exe, nil
	})
}

var standin = forWindows("standin.exe", "./steps/winmachine/testdata/standin", "-ldflags=-H=windowsgui")

// ready is a program that has to be built.
func ready(t testing.TB, program func() (string, error)) string {
	t.Helper()
	exe, err := program()
	switch {
	case err == nil:
	case errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true":
		t.Skip(err)
	default:
		t.Fatal(err)
	}
	return exe
}

// patient is a computer with the agent on it, as Windows Installer has installed it, marsfix and an update installer in
// Downloads.
type patient struct {
	*winetest.Computer
	t     *testing.T
	agent winetest.Product
	id    string // the Unique_ID
}

func admit(t *testing.T) *patient {
	t.Helper()
	c := winetest.New(t)
	p := &patient{Computer: c, t: t, agent: c.Install(agentPackage, downloads+"OBSAGENT.msi")}
	p.id = strings.TrimSuffix(strings.TrimPrefix(p.agent.Cached, cacheFolder+`\`), ".msi")
	p.Put(ready(t, released), theProgram)
	p.Put(ready(t, standin), theInstaller)
	p.offer(agentPackage, "C")
	return p
}

// ill is a patient with the article's illness: the cached package and the source are gone, and an upgrade has failed
// with 1612.
func ill(t *testing.T) *patient {
	t.Helper()
	p := admit(t)
	p.Lose(p.agent)
	p.upgradeFails(winetest.CodeNoSource)
	return p
}

// offer says what the installer extracts, and to which drive.
func (p *patient) offer(msi, drive string) {
	p.t.Helper()
	config, err := json.Marshal(map[string]string{"package": offered, "product": agentCode, "drive": drive})
	if err != nil {
		p.t.Fatal(err)
	}
	p.Write(`C:\standin.json`, config)
	p.Put(msi, offered)
}

// upgradeFails runs the installer without marsfix, as somebody has done before the engineer was called. It leaves its
// logs.
func (p *patient) upgradeFails(want int) {
	p.t.Helper()
	words, err := os.Create(filepath.Join(p.t.TempDir(), "installer"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer words.Close()
	installer := p.Command(p.t.Context(), theInstaller)
	installer.Stdout, installer.Stderr = words, words
	if err := installer.Start(); err != nil {
		p.t.Fatal(err)
	}
	defer func() {
		if p.t.Failed() {
			said, err := os.ReadFile(words.Name())
			p.t.Logf("the installer said: %s%v", said, err)
		}
	}()
	p.hand("upgrade")
	var exit *exec.ExitError
	if err := installer.Wait(); !errors.As(err, &exit) || exit.ExitCode() != want {
		p.t.Fatalf("the upgrade ended with %v, want %d", err, want)
	}
}

// hand is the engineer's hand in the wizard's window: close or upgrade.
func (p *patient) hand(button string) {
	p.t.Helper()
	p.MustRun(ready(p.t, standin), "press", button)
}

// cache is what Windows Installer's folder holds: hashes by name. A real one holds gigabytes of other products: large
// files are told by size and time.
func (p *patient) cache() map[string]string {
	p.t.Helper()
	const large = 4 << 20 // bytes; the tests' own packages are smaller
	held := map[string]string{}
	for _, name := range p.List(cacheFolder) {
		if !strings.Contains(name, ".") { // folders of icons, which others may make, have none
			continue
		}
		info, err := os.Stat(p.Path(cacheFolder + `\` + name))
		switch {
		case err != nil:
			p.t.Fatal(err)
		case info.Size() > large:
			held[name] = fmt.Sprint(info.Size(), " ", info.ModTime())
		default:
			held[name] = fmt.Sprintf("%x", sha256.Sum256(p.Read(cacheFolder+`\`+name)))
		}
	}
	return held
}

// unchanged holds that the cache is as it was.
func (p *patient) unchanged(before map[string]string) {
	p.t.Helper()
	if now := p.cache(); !maps.Equal(before, now) {
		p.t.Errorf("the cache held %v and holds %v", before, now)
	}
}

// cured holds that the package lies in the cache byte for byte, that nothing else is new there, and that Windows
// Installer works again.
func (p *patient) cured(before map[string]string, msi string) {
	p.t.Helper()
	want, err := os.ReadFile(msi)
	if err != nil {
		p.t.Fatal(err)
	}
	if !bytes.Equal(p.Read(p.agent.Cached), want) {
		p.t.Errorf("%s is not %s", p.agent.Cached, msi)
	}
	now := p.cache()
	delete(now, p.id+".msi")
	before = maps.Clone(before)
	delete(before, p.id+".msi")
	if !maps.Equal(before, now) {
		p.t.Errorf("beside the package the cache held %v and holds %v", before, now)
	}
	if code := p.Reinstall(agentCode); code != 0 {
		p.t.Errorf("after the repair the re-install ends with %d", code)
	}
}

// record is what these tests read of a line of the journal.
type record struct {
	Kind, State, Act, Text, From, To, SHA256 string
	Step                                     int
	Code                                     *int
}

func (p *patient) journal() (records []record) {
	p.t.Helper()
	for line := range bytes.Lines(p.Read(journalFile)) {
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			p.t.Fatalf("%v in the journal's line %q", err, line)
		}
		records = append(records, r)
	}
	return records
}
