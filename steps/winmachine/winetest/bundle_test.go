//go:build linux

package winetest_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const zipFile = `C:\to support.zip`

// bundle runs marsfix bundle with an answer to its question, and wants a code.
func (p *patient) bundle(answer string, want int, args ...string) string {
	p.t.Helper()
	cmd := p.Command(p.t.Context(), theProgram, append([]string{"bundle"}, args...)...)
	cmd.Stdin = strings.NewReader(answer)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || cmd.ProcessState.ExitCode() != want {
		p.t.Fatalf("bundle %q ended with %v, want %d:\n%s", args, err, want, out)
	}
	return string(out)
}

// packed are the files of a zip on the computer.
func (p *patient) packed(path string) map[string]string {
	p.t.Helper()
	data := p.Read(path)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		p.t.Fatalf("%s: %v", path, err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			p.t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			p.t.Fatalf("%s in %s: %v", f.Name, path, err)
		}
		files[f.Name] = string(content)
	}
	return files
}

// The bundle is listed before it is written; then there is one whole zip with what Windows Installer has registered and
// without secrets, or none, and nothing is replaced.
func TestWineBundle(t *testing.T) {
	t.Parallel()
	p := ill(t)
	p.Write(`C:\windows\Temp\OBMsi.log`, []byte("Setup.exe /pu:carla /pw:hunter2 \r\nLogonUser = carla\r\n"))
	has(t, p.bundle("n\n", 3, "--out="+zipFile), "logs/OBPatch.log", "logs/OBMsi.log", "registration.json",
		"cache.json", "Put these into a zip for Microsoft Support?")
	if p.Exists(zipFile) {
		t.Error("a zip was written after a no")
	}
	has(t, p.bundle("y\n", 0, "--out="+zipFile, "--hide-users"), "written: "+zipFile)
	files := p.packed(zipFile)
	has(t, files["registration.json"], agentCode, strings.ReplaceAll(p.agent.Cached, `\`, `\\`), `"cached": "missing"`)
	has(t, files["cache.json"], `"state": "missing"`)
	has(t, files["logs/OBPatch.log"], "Local cached package '", p.id+".msi' is missing.")
	has(t, files["logs/OBMsi.log"], "/pu:[user ", "/pw:[removed]")
	has(t, files["diagnosis.json"], `"unique_id": "`+p.id+`"`)
	has(t, files["MANIFEST.txt"], "registration.json", "journal.jsonl")
	for name, text := range files {
		if strings.Contains(text, "hunter2") || strings.Contains(text, "carla") {
			t.Errorf("%s tells a secret or a name:\n%s", name, text)
		}
	}
	before := p.Read(zipFile)
	has(t, p.bundle("y\n", 1, "--out="+zipFile), `already exists; nothing was overwritten`,
		"hint: choose another name: marsfix bundle --out ")
	if !bytes.Equal(p.Read(zipFile), before) {
		t.Error("the zip was overwritten")
	}
	has(t, p.bundle("y\n", 1, `--out=C:\no folder\b.zip`), `cannot write the zip "C:\no folder\b.zip"`,
		"hint: choose another place: marsfix bundle --out ")
	for _, name := range p.List(`C:\`) {
		if strings.HasSuffix(name, ".part") {
			t.Errorf("%s is left", name)
		}
	}
}
