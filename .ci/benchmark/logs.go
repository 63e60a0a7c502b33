package main

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// logKind is a log that is built: the file's name, what is searched for in it, and how its text is encoded.
type logKind struct {
	file   string
	lines  string // what its lines are, where they are not the usual ones
	needle string
	wide   bool // UTF-16LE with a byte order mark; else UTF-8
	line   func(r *rand.Rand, n int) string
	match  func(i int) string
	end    string // the last line, where it is another one
}

const (
	patchNeedle = "Warning: Local cached package"
	setupNeedle = "Directory Path for SetupLaunchScreen"
	matches     = 3 // in every log: near its start, in its middle, near its end
)

func patchLog(wide bool) logKind {
	return logKind{file: "OBPatch.log", needle: patchNeedle, wide: wide, line: patchLine, match: patchMatch}
}

// warningLog is a log in which every line begins as those do that are searched for.
func warningLog(wide bool) logKind {
	return logKind{file: "OBPatch.log", lines: "full of warnings", needle: patchNeedle, wide: wide, line: warningLine,
		match: patchMatch}
}

// endedLog is a log whose last session has a result; of one that names no package all of the log is one session.
func endedLog(lines, result string, named bool) logKind {
	k := patchLog(false)
	k.lines, k.end = lines, "MSI (c) (0C:50) [09:27:14:308]: MainEngineThread is returning "+result+"\r\n"
	if !named {
		k.match = func(i int) string {
			if i > 0 {
				return ""
			}
			header, _, _ := strings.Cut(patchMatch(i), "MSI (")
			return header
		}
	}
	return k
}

func setupLog(wide bool) logKind {
	return logKind{file: "OBInstaller0Curr.errlog", needle: setupNeedle, wide: wide, line: setupLine, match: setupMatch}
}

func (k logKind) name() string { return strings.TrimSpace(k.file + " " + k.lines) }

func (k logKind) encoding() string {
	if k.wide {
		return "UTF-16"
	}
	return "UTF-8"
}

// encode gives text the log's encoding; it is all ASCII.
func (k logKind) encode(text string) []byte {
	if !k.wide {
		return []byte(text)
	}
	b := make([]byte, 0, 2*len(text))
	for i := range len(text) {
		b = append(b, text[i], 0)
	}
	return b
}

// build writes a log of about size bytes into a folder of its own and returns its path. The lines of one block are
// repeated; matches stand apart from it. Nothing is sparse, and everything written is still in memory.
func (k logKind) build(dir string, size int64) (path string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	path = filepath.Join(dir, k.file)
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, mega)
	block := k.block(min(mega, int(size)/8))
	pieces := size / int64(len(block))
	if k.wide {
		w.Write([]byte{0xFF, 0xFE}) // errors of a bufio.Writer stay until Flush
	}
	next := 0
	for i := range pieces {
		w.Write(block)
		if next < matches && i >= pieces*int64(1+2*next)/(2*matches)-1 {
			w.Write(k.encode(k.match(next)))
			next++
		}
	}
	w.Write(k.encode(k.end))
	return path, w.Flush()
}

func (k logKind) block(size int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var text []byte
	for n := 0; ; n++ {
		line := k.encode(k.line(r, n))
		if n > 0 && len(text)+len(line) > size {
			return text
		}
		text = append(text, line...)
	}
}

// patchLine is a line as a verbose log of Windows Installer has them.
func patchLine(r *rand.Rand, n int) string {
	at := strings.Replace(time.Date(2024, 5, 6, 9, 27, 14, 0, time.UTC).Add(time.Duration(n)*3*time.Millisecond).
		Format("15:04:05.000"), ".", ":", 1)
	guid := fmt.Sprintf("{%08X-%04X-%04X-%04X-%012X}", r.Uint32(), r.IntN(1<<16), r.IntN(1<<16), r.IntN(1<<16),
		r.Uint64N(1<<48))
	forms := []string{
		"MSI (s) (C0:E4) [" + at + "]: Component: " + guid + "; Installed: Absent; Request: Local; Action: Null\r\n",
		"MSI (s) (C0:E4) [" + at + "]: Executing op: ComponentRegister(ComponentId=" + guid +
			`,KeyPath=C:\Program Files\Microsoft Azure Recovery Services Agent\bin\en-us\cbengine.resources.dll,State=3,,Disk=1,SharedDllRefCount=0,BinaryType=1)` + "\r\n",
		"MSI (s) (C0:E4) [" + at + "]: PROPERTY CHANGE: Adding CostingComplete property. Its value is '1'.\r\n",
		"MSI (c) (0C:50) [" + at + "]: SOURCEMGMT: Looking for sourcelist for product " + guid + "\r\n",
		"Property(S): INSTALLDIR = C:\\Program Files\\Microsoft Azure Recovery Services Agent\\\r\n",
		"Action start " + at[:8] + ": InstallFiles.\r\n",
		"MSI (s) (C0:E4) [" + at + "]: Doing action: WriteRegistryValues\r\n",
		"\r\n",
	}
	return forms[r.IntN(len(forms))]
}

// warningLine is a warning that is none of those that are searched for.
func warningLine(r *rand.Rand, n int) string {
	at := strings.Replace(time.Date(2024, 5, 6, 9, 27, 14, 0, time.UTC).Add(time.Duration(n)*3*time.Millisecond).
		Format("15:04:05.000"), ".", ":", 1)
	return fmt.Sprintf("MSI (s) (C0:E4) [%s]: Warning: Local policy %d is not set, the default is used.\r\n", at,
		r.IntN(1<<20))
}

func patchMatch(i int) string {
	return fmt.Sprintf("=== Verbose logging started: 5/%d/2024  9:27:14  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\1f2e3d4c\\CBPSetup.exe ===\r\n"+
		"MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\7b5ea%d.msi' is missing.\r\n", 6+i, 6+i)
}

// setupLine is a line as the agent's programs write them.
func setupLine(r *rand.Rand, n int) string {
	at := time.Date(2024, 5, 6, 9, 0, 0, 0, time.UTC).Add(time.Duration(n) * 5 * time.Millisecond).
		Format("01/02\t15:04:05.000")
	words := []string{"Failed: Hr: = [0x8000ffff] Error in getting volume information", "Operating system check passed",
		"Waiting for the service to stop", "Copying file cbengine.resources.dll"}
	return fmt.Sprintf("0AB0\t%04X\t%s\t18\tmtffile.cpp(%d)\t[%016X]\t%08X-3E0E-4B52-9C4A-7F1A5D2E9169\t\t%s\t%s\r\n",
		r.IntN(1<<16), at, r.IntN(4000), r.Uint64N(1<<48), r.Uint32(), []string{"WARNING", "NORMAL"}[r.IntN(2)],
		words[r.IntN(len(words))])
}

func setupMatch(i int) string {
	return fmt.Sprintf("0AB0\t0974\t05/06\t1%d:16:29.206\t18\tsetuplaunch.cpp(371)\t[0000000053582120]\t1FCFF8B4-3E0E-4B52-9C4A-7F1A5D2E9169\t\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\1f2e3d4%d\r\n", i, i)
}
