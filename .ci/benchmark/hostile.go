package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// What a file may cost that somebody made to cost much. Anybody can write to the folder that the logs lie in.
const (
	hostileSize = 16 * mega
	hostileTime = 600 * time.Millisecond // of processor time
	hostileMB   = 32
)

// hostileLog is a text that is repeated until a log is full.
type hostileLog struct {
	file, name string
	begin      string // stands before it
	text       func(i int) string
	bytes      bool // text is what stands in the file: it has no other form
}

func always(text string) func(int) string { return func(int) string { return text } }

// hostileLogs repeat what the search looks for, whole or nearly, and what it stops at.
func hostileLogs() []hostileLog {
	const (
		local   = "Warning: Local cached package"
		code    = "Warning: The package code in the cached package"
		patch   = "Couldn't find local patch"
		header  = "=== Verbose logging started: "
		returns = "MainEngineThread is returning "
		resolve = "Failed to resolve source"
		setup   = "Directory Path for SetupLaunchScreen"
		clock   = "[09:27:14:308]"
		stamp   = "0AB0\t0974\t08/04\t13:16:29.206\t"
	)
	parts := []string{local, code, patch, header, returns, resolve}
	logs := []hostileLog{}
	in := func(file string, texts map[string]func(int) string) {
		for name, text := range texts {
			logs = append(logs, hostileLog{file: file, name: name, text: text})
		}
	}
	in("OBPatch.log", map[string]func(int) string{
		"local":          always(local),
		"code":           always(code),
		"patch":          always(patch),
		"header":         always(header),
		"return":         always(returns),
		"return 1612":    always(returns + "1612"),
		"resolve":        always(resolve),
		"one name":       always(local + ` 'C:\Windows\Installer\7b5ea8.msi' is missing.`),
		"names":          func(i int) string { return fmt.Sprintf(local+` 'C:\Windows\Installer\%x.msi'`, i) },
		"wrong names":    func(i int) string { return fmt.Sprintf(local+` '%x'`, i) },
		"open names":     func(i int) string { return fmt.Sprintf(local+` 'C:\Windows\Installer\%x.msi`, i) },
		"open quote":     always(local + " '"),
		"nearly missing": always(local + " '" + strings.Repeat(" is missin", 4)),
		"patches":        func(i int) string { return fmt.Sprintf(patch+` 'C:\Windows\Installer\%x.msp'`, i) },
		"names and patches": func(i int) string {
			return fmt.Sprintf(local+` 'C:\Windows\Installer\%x.msi'`+code+`'x%x'`+patch+` '%x'`, i, i, i)
		},
		"far names": func(i int) string {
			return fmt.Sprintf(local+` 'C:\Windows\Installer\%x.msi'%*s`, i,
				1000+i%2000, "")
		},
		"whole header": always(header +
			`5/6/2024  9:27:14  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\1f2e3d4c\CBPSetup.exe ===`),
		"header's words": always(header + "Build type: Build type: Build type:"),
		"stamped":        always(clock + local),
		"stamps":         func(i int) string { return clock[:1+i%13] + local },
		"brackets":       always(strings.Repeat("[", 60) + local),
		"only brackets":  always("["),
		"only quotes":    always("'"),
		"only stamps":    always(clock),
		"every 40 bytes": func(i int) string { return fmt.Sprintf("%-40s", parts[i%4/3]) },
		"half needles":   func(i int) string { p := parts[i%len(parts)]; return p[:len(p)-1] },
		"needles' words": func(i int) string { p := parts[i%len(parts)]; return p[:8+i%8] },
		"mixed":          func(i int) string { return parts[i*7%len(parts)] },
		"mixed, closed":  func(i int) string { return parts[i*7%len(parts)] + " '" + parts[i*5%len(parts)] + "'" },
		"not ASCII":      always("é" + local + "上 '"),
		"line feeds":     always("ਊĊ"),
		"NULs":           always(local + "\x00\x00\x00"),
		"nothing":        always("\x00"),
		"ends":           always("\r\n"),
	})
	// What is looked at line by line, in the last session, alone and behind a header and a name.
	for name, text := range map[string]string{
		"cached files":  `C:\Windows\Installer\1.msi`,
		"cache folders": `\Installer\`,
		"engine lines":  "MSI (s) (C0:E4) " + clock + ": ",
		"codes":         "Error 1612. ",
		"bare codes":    "1612 ",
		"digits":        "1",
		"stops":         "。",
		"feeds":         "\n",
	} {
		logs = append(logs, hostileLog{file: "OBPatch.log", name: name, text: always(text)},
			hostileLog{file: "OBPatch.log", name: name + " behind a name", begin: patchMatch(1), text: always(text)})
	}
	wide := func(text string) string { return string(littleBytes(text)) }
	for name, text := range map[string]string{
		"marks":            "\xFF\xFE" + wide("abcd") + "\xEF\xBB\xBFabcd",
		"marks of pairs":   "\xFF\xFE" + wide("abcd") + "\xFE\xFF\x00a\x00b\x00c\x00d",
		"marks a byte off": "\xFF\xFE" + wide("abcd") + "x",
		"headers of both":  wide(header) + header,
		"headers in pairs": "x" + wide(header) + "\n\n",
		"half marks":       "\xFF\xFE",
		"pairs of feeds":   "\n\n",
	} {
		logs = append(logs, hostileLog{file: "OBPatch.log", name: name, text: always(text), bytes: true})
	}
	in("OBInstaller0Curr.errlog", map[string]func(int) string{
		"words":         always(setup),
		"folders":       func(i int) string { return fmt.Sprintf(stamp+setup+`: C:\%x`, i) },
		"open folders":  func(i int) string { return fmt.Sprintf(setup+`: C:\%x`, i) },
		"wrong folders": func(i int) string { return fmt.Sprintf(setup+`: \\srv\%x`, i) },
		"later and later": func(i int) string {
			return time.Date(2024, 1, 1, 0, 0, 0, i*int(time.Millisecond), time.UTC).Format("01/02 15:04:05.000 ") +
				setup + `: C:\a`
		},
		"stamps":       always(strings.Repeat(stamp, 3) + setup),
		"only stamps":  always(stamp),
		"numbers":      always("0AB0 0974 0AB0 0974 08/04 13:16" + setup),
		"white space":  always("08/04" + strings.Repeat(" \t", 30) + setup),
		"backslashes":  always(setup + `: C:` + strings.Repeat(`\`, 100)),
		"names":        always(setup + `: C:` + strings.Repeat(`\a`, 100)),
		"not ASCII":    always(setup + `: C:\` + strings.Repeat("é", 100)),
		"half needles": always(setup[:len(setup)-1]),
	})
	return logs
}

// hostileForms are how a text is repeated.
var hostileForms = []struct {
	name   string
	encode func(text string) []byte
	mark   string
	end    string
}{
	{"UTF-8", utf8Bytes, "", ""},
	{"UTF-8, lines", utf8Bytes, "", "\r\n"},
	{"UTF-16", littleBytes, "\xFF\xFE", ""},
	{"UTF-16, lines", littleBytes, "\xFF\xFE", "\r\n"},
}

func utf8Bytes(text string) []byte { return []byte(text) }

func littleBytes(text string) []byte {
	b := make([]byte, 0, 2*len(text))
	for _, r := range text { // nothing here lies beyond 16 bits
		b = append(b, byte(r), byte(r>>8))
	}
	return b
}

// costs is what a run of a program took of processor and memory.
type costs struct {
	wall, processor time.Duration
	memory          int64
}

// costs runs a program under the measuring one, which reads input.
func (o options) costs(input string, args ...string) (c costs, err error) {
	begin := time.Now()
	r, err := runWith(strings.NewReader(input), append([]string{o.peak}, args...))
	if err != nil {
		return c, err
	}
	c.wall = time.Since(begin)
	out := strings.Fields(string(r.out)) // behind what the program itself has printed
	if len(out) < 2 {
		return c, fmt.Errorf("%s told nothing", o.peak)
	}
	_, err = fmt.Sscan(strings.Join(out[len(out)-2:], " "), &c.memory, &c.processor)
	return c, err
}

// hostile measures what made files cost.
func hostile(o options) error {
	var b bars
	for _, k := range hostileLogs() {
		for f := range hostileForms {
			name := fmt.Sprintf("%s, %s, %s", k.file, k.name, hostileForms[f].name)
			if !strings.Contains(name, o.only) || k.bytes && f > 0 {
				continue
			}
			c, err := k.measure(o, f)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			b.atMost(name+", processor seconds", c.processor.Seconds(), hostileTime.Seconds())
			b.atMost(name+", resident MB", float64(c.memory)/mega, hostileMB)
		}
	}
	if err := hostileFiles(o, &b); err != nil {
		return err
	}
	return b.tell()
}

func (k hostileLog) measure(o options, form int) (c costs, err error) {
	dir := filepath.Join(o.dir, "log")
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return c, err
	}
	if err := k.build(filepath.Join(dir, k.file), form); err != nil {
		return c, err
	}
	return o.costs("", o.marsfix, "diagnose", "--root", dir)
}

func (k hostileLog) build(path string, form int) (err error) {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	f := hostileForms[form]
	w := bufio.NewWriterSize(out, mega)
	written, _ := w.WriteString(f.mark + string(f.encode(k.begin))) // errors of a bufio.Writer stay until Flush
	for i := 0; written < hostileSize; i++ {
		n, _ := w.Write(f.encode(k.text(i) + f.end))
		written += n
	}
	return w.Flush()
}
