package ui

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/bubbletea"

	"marsfix/steps/screen"
)

// keyPress is one key: a name such as "esc" and "down", or a single character.
type keyPress struct {
	name string
	char rune // 0 for a named key
}

// presses takes a message of the toolkit apart. What is typed fast arrives as one message; each of its characters is a
// key of its own. Text that is pasted is no key at all and only fields take it. Keys with Alt mean nothing here: but
// what AltGr makes comes with Alt too, and is neither a letter nor a digit of ASCII. A console of Windows reports Ctrl,
// Alt and the like by themselves, as NUL.
func presses(k tea.KeyMsg) (keys []keyPress, pasted string) {
	if k.Paste {
		return nil, string(k.Runes)
	}
	if k.Type == tea.KeySpace {
		return []keyPress{{name: " ", char: ' '}}, ""
	}
	if k.Type != tea.KeyRunes {
		name := tea.Key{Type: k.Type}.String()
		if name == "ctrl+j" {
			name = "enter" // what some serial terminals send for it
		}
		if k.Alt {
			return nil, ""
		}
		return []keyPress{{name: name}}, ""
	}
	for _, r := range k.Runes {
		if r != 0 && !(k.Alt && isAlphanumeric(r)) {
			keys = append(keys, keyPress{name: string(r), char: r})
		}
	}
	return keys, ""
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// isKey reports whether a message is more than Shift, Ctrl or Alt by itself.
func isKey(k tea.KeyMsg) bool {
	return k.Type != tea.KeyRunes || strings.Trim(string(k.Runes), "\x00") != ""
}

// typed takes what came from the keyboard.
func (m *model) typed(msg tea.KeyMsg) tea.Cmd {
	if !isKey(msg) {
		return nil
	}
	m.clear()
	m.bunched()
	keys, pasted := presses(msg)
	m.paste(pasted)
	var cmds []tea.Cmd
	for _, k := range keys {
		m.bunched()
		cmds = append(cmds, m.press(k))
		m.noteKey()
		if m.screen.Left {
			break
		}
	}
	m.noteKey() // one that means nothing is one too
	return tea.Batch(cmds...)
}

// paste gives text to the field that stands, if one does.
func (m *model) paste(text string) {
	switch v, over := m.over.(*viewer); {
	case text == "":
	case over && v.asking:
		v.field.paste(text)
	case m.over == nil && typing(m.screen):
		m.answer.typed.paste(text)
	case m.over == nil && m.screen.Question != nil:
		m.status = noAnswer
	}
}

// press takes one key. In a window that is too small to be read only Ctrl+C means something.
func (m *model) press(k keyPress) tea.Cmd {
	if k.name == "ctrl+c" {
		m.close()
		return m.handle(screen.Interrupt{})
	}
	if m.width < leastWidth || m.height < leastHeight {
		return nil
	}
	if m.over != nil && !m.over.typing() && lower(k) == m.keys.quit.Help().Key {
		m.close() // whether to leave is asked on the step
		return m.action(k)
	}
	if m.over != nil {
		cmd, closed := m.over.press(k)
		if closed {
			m.close()
		}
		return cmd
	}
	if q := m.screen.Question; q != nil {
		if cmd, taken := m.answered(q, k); taken {
			return cmd
		}
	}
	if m.moved(k) {
		return nil
	}
	return m.action(k)
}

// answered takes a key, and reports whether it belongs to the question.
func (m *model) answered(q *screen.Question, k keyPress) (cmd tea.Cmd, taken bool) {
	name := lower(k)
	switch q.Kind {
	case screen.Confirm:
		switch {
		case !bound(name, offered(m.screen, m.options)...):
		case name == "y":
			return m.commit(name, screen.Answer{Yes: true}), true
		case name == "n":
			return m.handle(screen.Answer{}), true
		}
	case screen.Choose:
		if name == "enter" && len(q.Options) > 0 {
			return m.commit(name, screen.Answer{Choice: m.answer.choice}), true
		}
		return nil, m.choose(q, k)
	case screen.Type:
		if name == "enter" {
			return m.commit(name, screen.Answer{Text: m.answer.typed.text()}), true
		}
		return nil, m.answer.typed.press(k)
	}
	return nil, false
}

// choose moves in a list, and reports whether the key does. A digit goes to its number, further digits make it a longer
// one where the list is that long.
func (m *model) choose(q *screen.Question, k keyPress) bool {
	last := len(q.Options) - 1
	at := m.answer.choice
	switch {
	case bound(k.name, m.keys.up):
		at--
	case bound(k.name, m.keys.down):
		at++
	case k.name == "home":
		at = 0
	case k.name == "end":
		at = last
	case k.char >= '0' && k.char <= '9':
		n := int(k.char - '0')
		if longer := (at+1)*10 + n; m.answer.number && longer <= len(q.Options) {
			n = longer
		}
		if n < 1 || n > len(q.Options) {
			return true
		}
		m.answer.choice, m.answer.number = n-1, true
		return true
	default:
		return false
	}
	m.answer.choice, m.answer.number = max(0, min(at, last)), false
	return true
}

// moved scrolls a body that is too high, and reports whether the key does; frame keeps it within its bounds.
func (m *model) moved(k keyPress) bool {
	page := max(m.height/8, 1) // no more than the least room in which a body scrolls, so that no line is passed over
	switch k.name {
	case "up":
		m.scroll--
	case "down":
		m.scroll++
	case "pgup":
		m.scroll -= page
	case "pgdown":
		m.scroll += page
	default:
		return false
	}
	m.scroll = max(m.scroll, 0)
	return true
}

// action does what the footer offers. Any other key does nothing.
func (m *model) action(k keyPress) tea.Cmd {
	name := lower(k)
	if !bound(name, offered(m.screen, m.options)...) {
		return nil
	}
	switch name {
	case "l":
		v := newViewer(m.ctx, m.keys, m.screen)
		m.over = v
		return v.open(m.options.OpenLog)
	case "?":
		m.over = newHelp(m.keys, m.screen, offered(m.screen, m.options))
		return nil
	case "c":
		fact, copies := m.screen.Fact, m.options.Copy
		return background(func() tea.Msg { return copiedMsg{fact, copies(fact)} })
	}
	if weighs(m.screen, name) {
		return m.commit(name, screen.Press{Key: name})
	}
	return m.handle(screen.Press{Key: name})
}

// lower is a key's name whatever Caps Lock says.
func lower(k keyPress) string {
	if k.char != 0 {
		return string(unicode.ToLower(k.char))
	}
	return k.name
}
