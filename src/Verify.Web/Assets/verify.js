// Keys, drafts, live updates and small helps. Every page works without them.
(() => {
    'use strict';
    const $ = (s, of = document) => of.querySelector(s);
    const all = (s, of = document) => [...of.querySelectorAll(s)];
    const typing = e => e.target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');

    // ---- keys -------------------------------------------------------------------------------------------------
    const rows = () => all('[data-rows] [data-row]');
    function move(by) {
        const list = rows();
        if (!list.length) return;
        const at = list.findIndex(r => r.contains(document.activeElement));
        const row = list[Math.max(0, Math.min(list.length - 1, at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by))];
        const link = $('[data-open]', row);
        link?.focus();
        row.scrollIntoView({ block: 'nearest' });
    }
    const row = () => document.activeElement?.closest('[data-row]');
    function openAnd(details, field) {
        const d = $(details);
        if (d) d.open = true;
        const f = $(field);
        f?.focus();
        f?.scrollIntoView({ block: 'center' });
    }
    // Some people's hands or voices press keys that they do not mean: they can turn them off.
    const keysOff = () => { try { return localStorage.getItem('keys') === 'off'; } catch { return false; } };
    function showKeys() {
        const box = $('#keys [data-keys-on]');
        if (box) box.checked = !keysOff();
        $('#keys')?.showModal();
    }
    document.addEventListener('change', e => { if (e.target.matches('[data-keys-on]')) try { e.target.checked ? localStorage.removeItem('keys') : localStorage.setItem('keys', 'off'); } catch { /* private window: as it was */ } });
    document.addEventListener('click', e => { if (e.target.closest('[data-keys]')) showKeys(); });
    document.addEventListener('keydown', e => {
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
            // In a field it sends that field's form, and elsewhere the page's main one; on a link it is the browser's own.
            const field = e.target.closest?.('input, select, textarea, [data-submit]');
            if (!field && e.target !== document.body && e.target.id !== 'main' && !e.target.matches('[data-refused]')) return;
            const form = field?.form ?? $('form[data-decide]') ?? $('main form [data-submit]')?.form;
            const button = form && ($('[data-submit]', form) ?? (field && all('button:not([type=button])', form).length === 1 ? $('button:not([type=button])', form) : null));
            if (button) { e.preventDefault(); form.requestSubmit(button); }
            return;
        }
        if (e.key === 'Escape' && typing(e)) { e.target.blur(); return; }
        if (typing(e) || e.ctrlKey || e.metaKey || e.altKey || $('dialog[open]') || keysOff()) return;
        const key = e.key;
        const act = {
            j: () => move(1), k: () => move(-1),
            x: () => { const box = row() && $('input[name=task]', row()); if (box) box.checked = !box.checked; },
            t: () => { const button = (row() && $('[data-take]', row())) ?? $('.step [data-take]'); if (button) button.form.requestSubmit(button); },
            c: () => $('[data-comment]')?.focus(), n: () => $('[data-note]')?.focus(), v: () => $('[data-verdict]')?.focus(),
            e: () => openAnd('#add-evidence', '#add-evidence [data-file]'),
            '/': () => $('#find')?.focus(), q: () => location.assign('/queue'), '?': showKeys,
        }[key];
        if (act) { e.preventDefault(); act(); return; }
        const choice = /^[1-9]$/.test(key) && $(`[data-decide] input[data-key="${key}"]`);
        if (choice) {
            e.preventDefault();
            choice.checked = true;
            for (const kind of ['input', 'change']) choice.dispatchEvent(new Event(kind, { bubbles: true }));
            const verdict = $('[data-verdict]', choice.form);
            (verdict && !choice.hasAttribute('data-unasked') ? verdict : choice).focus();
        }
    });
    // The verdict that mostly goes with an outcome stands there until another is chosen: then two keys decide.
    document.addEventListener('change', e => {
        const verdict = e.target.matches('[data-decide] input[name=outcome]') && $('[data-verdict]', e.target.form);
        if (!verdict || (verdict.value && verdict.value !== verdict.dataset.usual)) return;
        verdict.value = verdict.dataset.usual = e.target.dataset.usual ?? '';
        verdict.dispatchEvent(new Event('input', { bubbles: true }));
    });
    document.addEventListener('change', e => {
        if (e.target.matches('[data-select-all]')) all('input[name=task]').forEach(b => { b.checked = e.target.checked; });
    });

    // ---- drafts: what is typed is kept in this browser until it was sent --------------------------------------------
    const user = () => document.body.dataset.user ?? '';
    const draftKey = (form, field) => `draft/${user()}/${form.dataset.draft}/${field.name}`;
    const kept = form => all('textarea[name], input[name]:not([type=hidden], [type=file], [type=password]), select[name]', form);
    document.addEventListener('input', e => {
        const form = e.target.closest?.('form[data-draft]');
        if (!form || !e.target.name || e.target.type === 'file') return;
        const value = e.target.type === 'checkbox' ? (e.target.checked ? e.target.value : '') : e.target.value;
        try { value ? localStorage.setItem(draftKey(form, e.target), value) : localStorage.removeItem(draftKey(form, e.target)); } catch { /* private window: no drafts */ }
    });
    function restore() {
        // What was sent is done with when the page says so; a form that came back refused holds what was typed, and whatever else
        // came (a sign-in, a server that is away) has not taken it.
        let sent = [];
        try { sent = JSON.parse(sessionStorage.getItem('sent') ?? '[]'); sessionStorage.removeItem('sent'); } catch { /* nothing was sent */ }
        const refused = !!$('[data-refused]');
        if ($('[data-done]')) for (const prefix of sent) for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
        for (const form of all('form[data-draft]')) for (const field of kept(form)) {
            const value = localStorage.getItem(draftKey(form, field));
            if (value === null) continue;
            if (field.type === 'radio' || field.type === 'checkbox') { if (field.value === value) field.checked = true; }
            // What the server filled in yields only to what was typed over it and then refused.
            else if (refused && field.defaultValue) field.value = value;
            else if (field.tagName === 'SELECT' ? ![...field.options].some(o => o.defaultSelected) || field.value === '' : !field.value) field.value = value;
            const fold = form.closest('details');
            if (fold && value) fold.open = true;
        }
    }
    document.addEventListener('submit', e => {
        const form = e.target;
        if (form.matches('[data-signs-out]')) { for (const key of Object.keys(localStorage)) if (key.startsWith(`draft/${user()}/`)) localStorage.removeItem(key); return; }
        const file = $('[data-file]', form);
        const most = Number(form.dataset.most);
        if (file?.files?.[0] && most && file.files[0].size > most) {
            e.preventDefault();
            e.stopImmediatePropagation();
            say(form, `${file.files[0].name} has ${Math.round(file.files[0].size / 1048576)} MB; up to ${Math.round(most / 1048576)} MB are taken.`);
            return;
        }
        const sent = form.dataset.draft ?? form.dataset.clears;
        if (sent) sessionStorage.setItem('sent', JSON.stringify([`draft/${user()}/${sent}/`]));
        if (form.dataset.progress) setTimeout(() => say(form, form.dataset.progress), 400);
    }, true);
    function say(form, text) {
        const p = $('.progress', form);
        if (p) { p.hidden = false; p.textContent = text; }
    }

    // ---- files by dragging, words by marking ------------------------------------------------------------------------
    for (const kind of ['dragover', 'dragleave', 'drop']) document.addEventListener(kind, e => {
        const place = e.target.closest?.('[data-drop]');
        if (!place || !e.dataTransfer?.types.includes('Files')) return;
        e.preventDefault();
        place.classList.toggle('dropping', kind === 'dragover');
        const field = $('[data-file]', place);
        if (kind !== 'drop' || !field) return;
        const fold = field.closest('details');
        if (fold) fold.open = true;
        field.files = e.dataTransfer.files;
        field.focus();
    });
    document.addEventListener('selectionchange', () => {
        const form = $('form[data-missed]');
        const selection = getSelection();
        if (!form || !selection || selection.isCollapsed) return;
        const [start, end] = ends(selection.getRangeAt(0));
        if (start === null || end === null || end <= start) return;
        form.closest('details').open = true;
        $('[data-words]', form).value = selection.toString();
        $('[data-place]', form).value = `${start}-${end}`;
    });
    document.addEventListener('input', e => { if (e.target.matches('[data-words]')) $('[data-place]').value = ''; });
    const ends = range => [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
    // The number before a claim is no part of the text.
    function place(node, offset) {
        const p = (node.nodeType === 1 ? node : node.parentElement)?.closest('.article p[data-from]');
        if (!p) return null;
        const before = document.createRange();
        before.setStart(p, 0);
        before.setEnd(node, offset);
        const copy = before.cloneContents();
        all('[data-skip]', copy).forEach(n => n.remove());
        return Number(p.dataset.from) + copy.textContent.length;
    }

    // ---- live: others' changes appear by themselves ------------------------------------------------------------------
    let source = null, refreshing = null, again = null, refreshed = 0;
    const claim = () => $('[data-claim]')?.dataset.claim ?? null;
    function listen() {
        source?.close();
        source = null;
        // A browser opens few connections to one server: pages that nobody sees hold none.
        if (!user() || document.visibilityState !== 'visible') return;
        const seen = document.body.dataset.seq;
        source = new EventSource(claim() ? `/live?claim=${encodeURIComponent(claim())}` : '/live');
        source.addEventListener('hello', e => { if (seen && Number(e.data) > Number(seen)) refresh([]); document.body.dataset.seq = e.data; });
        source.addEventListener('changes', e => {
            const news = JSON.parse(e.data);
            document.body.dataset.seq = news.last;
            const here = claim(), article = $('[data-article]')?.dataset.article;
            const near = news.entries.filter(c => !here || c.claims.includes(here));
            if (news.many || (here ? near.length : !article || news.entries.some(c => c.claims.some(x => x.split('.')[0] === article)))) refresh(near);
        });
        source.addEventListener('here', e => {
            const others = JSON.parse(e.data).users.filter(u => u !== user());
            const line = $('#here');
            if (line) line.textContent = others.length ? `${others.join(', ')} ${others.length > 1 ? 'are' : 'is'} here too.` : '';
        });
    }
    // What a reader would see of it: the tokens of its forms and "2 min ago" differ each time that it is made.
    function seen(part) {
        const copy = part.cloneNode(true);
        all('input[type=hidden]', copy).forEach(n => n.remove());
        all('time', copy).forEach(n => { n.textContent = ''; });
        return copy.innerHTML;
    }
    async function refresh(news) {
        if (!$('[data-live]')) return;
        // One at a time, and lists no oftener than every two seconds: on a busy desk each of them changes with every decision.
        const wait = refreshed + (claim() ? 300 : 2000) - Date.now();
        if (refreshing || wait > 0) { again ??= setTimeout(() => { again = null; refresh(news); }, Math.max(wait, 100)); return; }
        refreshed = Date.now();
        const [href, of, stop] = [location.href, claim(), new AbortController()];
        refreshing = stop;
        try {
            const answer = await fetch(href, { headers: { 'X-Verify-Live': '1' }, credentials: 'same-origin', signal: stop.signal });
            if (!answer.ok || answer.redirected) return;
            const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
            // Meanwhile another page may have come.
            if (stop.signal.aborted || location.href !== href || claim() !== of || ($('[data-claim]', fresh)?.dataset.claim ?? null) !== of) return;
            for (const old of all('[data-live]')) {
                const now = fresh.getElementById(old.id);
                if (!now || seen(now) === seen(old)) continue;
                // What somebody is about to use stays as it is.
                if (old.contains(document.activeElement) || $('input:checked, details[open]', old)) { if (news.length) note(news); continue; }
                old.replaceWith(document.importNode(now, true));
            }
            const [was, is] = [$('[data-version]')?.dataset.version, $('[data-version]', fresh)?.dataset.version];
            if (was && is && was !== is) note(news);
        } catch { /* the server is away; the stream tells when it is back */ }
        finally { if (refreshing === stop) refreshing = null; }
    }
    function note(news) {
        const box = $('#changed');
        const who = [...new Set(news.map(c => c.who))].filter(w => w !== user());
        if (!box || (news.length && !who.length)) return;
        box.hidden = false;
        box.replaceChildren(document.createTextNode(`Changed meanwhile${who.length ? ` by ${who.join(', ')}` : ''}. What you typed is kept. `));
        const link = document.createElement('a');
        link.href = location.href;
        link.textContent = 'Show it as it is now';
        link.addEventListener('click', e => { e.preventDefault(); location.reload(); });
        box.append(link);
    }
    document.addEventListener('visibilitychange', listen);

    // ---- pages that change without a load ----------------------------------------------------------------------------
    const address = () => location.pathname + location.search;
    let at = address(), submitted = false, slow = 0;
    document.addEventListener('submit', e => { if (e.target.method === 'dialog' || e.target.matches('[data-saves]')) return; submitted = true; onTheWay(); });
    document.addEventListener('click', e => {
        const link = e.target.closest('a[href]');
        if (link && link.origin === location.origin && !link.hash && !e.ctrlKey && !e.metaKey && !e.shiftKey && e.button === 0) onTheWay();
    });
    function onTheWay() {
        clearTimeout(slow);
        slow = setTimeout(() => { const bar = $('#busy'); if (bar) bar.hidden = false; }, 700);
    }
    addEventListener('pageshow', () => clearTimeout(slow));
    function begin() {
        clearTimeout(slow);
        refreshing?.abort();
        clearTimeout(again);
        refreshing = again = null;
        const bar = $('#busy');
        if (bar) bar.hidden = true;
        restore();
        listen();
        // What was sent is done with, and keys are keys again; what was refused is the next thing to read.
        if (submitted) ($('[data-refused]') ?? $('#main'))?.focus({ preventScroll: !$('[data-refused]') });
        submitted = false;
        if (address() !== at) {
            at = address();
            // As after a load: to the field that waits for something, else to the beginning.
            if (!location.hash) { ($('main [autofocus]') ?? $('#main'))?.focus({ preventScroll: true }); scrollTo(0, 0); }
        }
    }
    begin();
    if (window.Blazor) Blazor.addEventListener('enhancedload', begin);
    else addEventListener('load', () => window.Blazor?.addEventListener('enhancedload', begin));
})();
