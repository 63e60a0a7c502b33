package practice_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// cacheHolds checks that the cache folder holds nothing but what it held.
func (e engineer) cacheHolds(want ...string) {
	e.t.Helper()
	entries, err := e.Disk().List(`C:\Windows\Installer`)
	e.ok(err)
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Path[len(cache):])
	}
	if len(got) != len(want) {
		e.t.Fatalf("the cache holds %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			e.t.Fatalf("the cache holds %q, want %q", got, want)
		}
	}
}

func TestSourceVanishes(t *testing.T) {
	e := at(t, "source-vanishes")
	_, folder := e.waiting()
	source := folder + `\Installers\OBSAGENT.msi`
	if len(e.bytes(source)) == 0 {
		t.Fatal("the source cannot be read before the copy")
	}
	if err := e.copy(source, cached); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the copy came to %v", err)
	}
	if e.exists(source) || !e.exists(folder+`\Installers\MARSAgent.msp`) {
		t.Error("not the source alone is gone")
	}
	if _, err := e.Disk().Open(source, disk.ShareAll); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("opened again: %v", err)
	}
	entries, err := e.Disk().List(folder + `\Installers`)
	e.ok(err)
	for _, in := range entries {
		if in.Path == source {
			t.Error("it is listed as if it were there")
		}
	}
	e.cacheHolds("1d4c7.msi", "3fa02b.msi", "7b5eb1.msp")
}

// TestTheNextSourceStays: whoever starts the installer afresh, as the article wants, has a package that can be copied.
func TestTheNextSourceStays(t *testing.T) {
	e := at(t, "source-vanishes")
	_, folder := e.waiting()
	if err := e.copy(folder+`\Installers\OBSAGENT.msi`, cached); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the first copy came to %v", err)
	}
	e.ok(e.CloseWizard(context.Background()))
	_, again := e.waiting()
	e.ok(e.copy(again+`\Installers\OBSAGENT.msi`, cached))
	if len(e.bytes(cached)) == 0 || again == folder {
		t.Errorf("copied from %s after %s", again, folder)
	}
}

func TestTargetAppears(t *testing.T) {
	e := at(t, "target-appears")
	_, folder := e.waiting()
	if err := e.copy(folder+`\Installers\OBSAGENT.msi`, cached); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the copy came to %v", err)
	}
	if content := e.bytes(cached); !bytes.Equal(content, []byte("Somebody else's file.\r\n")) {
		t.Errorf("under the name lies %q", content)
	}
	e.cacheHolds("1d4c7.msi", "3fa02b.msi", "7b5ea8.msi", "7b5eb1.msp")
}

func TestDiskFull(t *testing.T) {
	e := at(t, "disk-full")
	_, folder := e.waiting()
	source := e.bytes(folder + `\Installers\OBSAGENT.msi`)
	f, err := e.Writer().Create(cache + "marsfix-1.msi")
	e.ok(err)
	n, err := io.Copy(f, struct{ io.Reader }{bytes.NewReader(source)})
	if !errors.Is(err, disk.ErrFull) || n == 0 || n >= int64(len(source)) {
		t.Errorf("%d of %d bytes written, %v", n, len(source), err)
	}
	e.ok(f.Close())
	if content := e.bytes(cache + "marsfix-1.msi"); !bytes.Equal(content, source[:n]) {
		t.Errorf("%d bytes lie there, %d were written", len(content), n)
	}
	e.write(`C:\Program Files\marsfix\journal.jsonl`, source) // elsewhere is room
}

func TestSignaturesComeFromTheContent(t *testing.T) {
	e := at(t, "missing")
	_, folder := e.waiting()
	good := e.bytes(folder + `\Installers\OBSAGENT.msi`)
	changed := bytes.Clone(good)
	changed[len(changed)-1] ^= 1
	for _, c := range []struct {
		name    string
		content []byte
		want    computer.SignState
	}{
		{"same.msi", good, computer.SignTrusted},
		{"changed.msi", changed, computer.SignBroken},
		{"short.msi", good[:len(good)-1], computer.SignNone},
		{"long.msi", append(bytes.Clone(good), 0), computer.SignNone},
		{"foreign.msi", bytes.Repeat([]byte("x"), len(good)), computer.SignNone},
		{"empty.msi", nil, computer.SignNone},
	} {
		path := `C:\test\` + c.name
		e.write(path, c.content)
		if s := e.signature(path); s.State != c.want || (s.Code == 0) != (c.want == computer.SignTrusted) {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

func TestVersionsComeFromTheContent(t *testing.T) {
	e := at(t, "missing")
	s, err := e.Services(context.Background())
	e.ok(err)
	if v, err := e.FileVersion(context.Background(), e.open(s[0].Image)); err != nil || v != before {
		t.Errorf("the backup service has version %q, %v", v, err)
	}
	e.write(`C:\test\text.exe`, []byte("no program"))
	if v, err := e.FileVersion(context.Background(), e.open(`C:\test\text.exe`)); err == nil {
		t.Errorf("a text has version %q", v)
	}
	program := e.bytes(s[0].Image)
	at := bytes.Index(program, []byte{0xbd, 0x04, 0xef, 0xfe})
	program[at] = 0
	e.write(`C:\test\blank.exe`, program)
	if v, err := e.FileVersion(context.Background(), e.open(`C:\test\blank.exe`)); err != nil || v != "" {
		t.Errorf("a program without a version has %q, %v", v, err)
	}
}
